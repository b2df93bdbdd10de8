/* Starting it, asking it, and paying on its checkout page. */
#include "sandbox.h"
#include "sockets.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_SIZE = 65536, REFUNDS_OF_ONE_INTENT = 100 };

/* XPAY_SANDBOX, or the one that was built beside this program. */
static const char *program(void)
{
    static char path[4096];
    const char *given = getenv("XPAY_SANDBOX");
    if (given != NULL)
        return given;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 32);
    path[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        give_up("this program does not know where it is");
    strcpy(slash, "/xpay-sandbox");
    return path;
}

/* "xpay-sandbox: listening on http://127.0.0.1:<port>" */
static uint16_t read_port(int fd)
{
    char line[256];
    size_t length = 0;
    while (length < sizeof line - 1 && read(fd, line + length, 1) == 1 && line[length] != '\n')
        length++;
    line[length] = '\0';
    const char *colon = strrchr(line, ':');
    return colon == NULL ? 0 : (uint16_t)strtoul(colon + 1, NULL, 10);
}

void sandbox_start(struct sandbox *sandbox)
{
    int out[2];
    memset(sandbox, 0, sizeof *sandbox);
    if (pipe(out) != 0)
        give_up("no pipe");
    fcntl(out[0], F_SETFD, FD_CLOEXEC);
    const char *path = program();
    sandbox->process = fork();
    if (sandbox->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(out[1], 1);
        execl(path, path, "--port", "0", "--threads", "1", "--no-self-check", (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    sandbox->port = sandbox->process > 0 ? read_port(out[0]) : 0;
    close(out[0]);
    if (sandbox->port == 0)
        give_up("%s does not start", path);
    sandbox->control = connect_to(sandbox->port);
    fcntl(sandbox->control, F_SETFD, FD_CLOEXEC);
}

void sandbox_stop(struct sandbox *sandbox)
{
    close(sandbox->control);
    kill(sandbox->process, SIGTERM);
    while (waitpid(sandbox->process, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* Ask, and read one answer into `answer`; its body. */
static char *ask(struct sandbox *sandbox, char answer[ANSWER_SIZE], const char *method,
                 const char *path, const char *type, const char *body)
{
    char request[4096];
    int length = snprintf(request, sizeof request,
                          "%s %s HTTP/1.1\r\nHost: sandbox\r\nAccept: application/json\r\n"
                          "Authorization: Bearer " WIRE_API_KEY "\r\n"
                          "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                          method, path, type, strlen(body), body);
    send_all(sandbox->control, request, (size_t)length);
    size_t got = 0;
    for (;;) {
        ssize_t n = recv(sandbox->control, answer + got, ANSWER_SIZE - 1 - got, 0);
        if (n <= 0)
            give_up("the sandbox is gone (%s %s)", method, path);
        got += (size_t)n;
        answer[got] = '\0';
        const char *end = strstr(answer, "\r\n\r\n");
        const char *size = strstr(answer, "Content-Length: ");
        if (end != NULL && size != NULL && size < end &&
            got >= (size_t)(end + 4 - answer) + strtoul(size + 16, NULL, 10))
            return answer + (end + 4 - answer);
    }
}

/* The number after "name": in `json`, from `at` on. */
static long number(const char *json, const char *name)
{
    char quoted[80];
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    const char *found = strstr(json, quoted);
    if (found == NULL)
        give_up("the sandbox does not tell %s", name);
    return strtol(found + strlen(quoted), NULL, 10);
}

static long tally(struct sandbox *sandbox, const char *operation, const char *name)
{
    char answer[ANSWER_SIZE], quoted[80];
    const char *state = ask(sandbox, answer, "GET", "/_sandbox/state", "text/plain", "");
    snprintf(quoted, sizeof quoted, "\"%s\":{", operation);
    const char *row = strstr(state, quoted);
    if (row == NULL)
        give_up("the sandbox does not know %s", operation);
    return number(row, name);
}

long sandbox_requests(struct sandbox *sandbox, const char *operation)
{
    return tally(sandbox, operation, "requests");
}

long sandbox_effects(struct sandbox *sandbox, const char *operation)
{
    return tally(sandbox, operation, "effects");
}

long sandbox_count(struct sandbox *sandbox, const char *name)
{
    char answer[ANSWER_SIZE];
    return number(ask(sandbox, answer, "GET", "/_sandbox/state", "text/plain", ""), name);
}

void sandbox_post(struct sandbox *sandbox, const char *path, const char *json)
{
    char answer[ANSWER_SIZE], full[256];
    snprintf(full, sizeof full, "/_sandbox/%s", path);
    ask(sandbox, answer, "POST", full, "application/json", json);
    if (strncmp(answer, "HTTP/1.1 200", 12) != 0)
        give_up("the sandbox refuses %s %s: %s", full, json, answer);
}

/* The text after "name":" in `json`, copied. */
static void text(char *copy, size_t size, const char *json, const char *name)
{
    char quoted[80];
    snprintf(quoted, sizeof quoted, "\"%s\":\"", name);
    const char *found = strstr(json, quoted);
    if (found == NULL)
        give_up("the sandbox does not tell %s", name);
    found += strlen(quoted);
    snprintf(copy, size, "%.*s", (int)strcspn(found, "\""), found);
}

const char *sandbox_paid_intent(struct sandbox *sandbox)
{
    return sandbox->refunds++ % REFUNDS_OF_ONE_INTENT != 0 ? sandbox->intent
                                                           : sandbox_new_intent(sandbox);
}

const char *sandbox_new_intent(struct sandbox *sandbox)
{
    char answer[ANSWER_SIZE], id[64], path[128];
    char *json = ask(sandbox, answer, "POST", "/checkout/sessions", "application/json",
                     "{\"lineItems\":[{\"price\":\"price_sandbox_tea\",\"quantity\":1}],"
                     "\"afterCompletion\":{\"type\":\"hosted_confirmation\"}}");
    text(id, sizeof id, json, "id");
    snprintf(path, sizeof path, "/c/%s", id);
    ask(sandbox, answer, "POST", path, "application/x-www-form-urlencoded",
        "action=pay&email=a%40shop.example&name=A&phone=%2B201000000000");
    snprintf(path, sizeof path, "/checkout/sessions/%s", id);
    json = ask(sandbox, answer, "GET", path, "text/plain", "");
    text(sandbox->intent, sizeof sandbox->intent, json, "paymentIntentId");
    const char *charge = strstr(json, "\"ch_");
    if (charge == NULL)
        give_up("the sandbox does not show the charge");
    snprintf(sandbox->charge, sizeof sandbox->charge, "%.*s", (int)strcspn(charge + 1, "\""),
             charge + 1);
    return sandbox->intent;
}
