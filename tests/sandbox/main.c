/* xpay-sandbox: a local server that speaks the XPay payments contract, for tests and for trying
 * things out. GET /_sandbox on it explains how to steer it. */
#include "contract.h"
#include "deliveries.h"
#include "endpoints.h"
#include "faults.h"
#include "graph.h"
#include "idempotency.h"
#include "links.h"
#include "operations.h"
#include "products.h"
#include "self_check.h"
#include "server.h"
#include "state.h"
#include "text.h"

#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef XPAY_CONTRACT_FILE
#define XPAY_CONTRACT_FILE "tests/contract/openapi.json"
#endif

static struct {
    const char *contract;
    const char *port_file;
    const char *webhook_url, *webhook_secret;
    long port, threads;
} options = {.contract = XPAY_CONTRACT_FILE, .port = 4242, .threads = 4};

static const char usage[] =
    "Usage: xpay-sandbox [option...]\n"
    "A local server that speaks the XPay payments contract, on 127.0.0.1 only.\n"
    "GET /_sandbox on it explains the test pages and the control interface.\n\n"
    "  --port N                  port to listen on, 0 for any (4242)\n"
    "  --port-file FILE          write the port there once it is listening\n"
    "  --contract FILE           the contract (" XPAY_CONTRACT_FILE ")\n"
    "  --graph contract|seed|both  where refunds and their ledger rows are shown (contract)\n"
    "  --webhook-url URL         send test mode events there\n"
    "  --webhook-secret SECRET   sign them with this (one is made otherwise)\n"
    "  --webhook-schedule LIST   milliseconds before each attempt\n"
    "                            (0,60000,300000,1800000,7200000)\n"
    "  --webhook-timeout MS      limit for each attempt (30000)\n"
    "  --threads N               threads that serve requests (4)\n"
    "  --no-self-check           do not check answers against the contract\n"
    "  --verbose                 a line per request on standard error\n"
    "  --help                    this text\n";

static bool read_number(const char *text, long least, long most, long *out)
{
    char *end;
    errno = 0;
    *out = strtol(text, &end, 10);
    return end != text && !*end && !errno && *out >= least && *out <= most;
}

static bool read_graph(const char *text)
{
    static const char *const names[] = {"contract", "seed", "both"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (same_text(names[i], text)) {
            graph_choose((enum graph)i);
            return true;
        }
    return false;
}

static bool read_option(int option, const char *value)
{
    long number = 0;
    switch (option) {
    case 'p': return read_number(value, 0, 65535, &options.port);
    case 'f': options.port_file = value; return true;
    case 'c': options.contract = value; return true;
    case 'g': return read_graph(value);
    case 'u': options.webhook_url = value; return true;
    case 's': options.webhook_secret = value; return true;
    case 'w': return delivery_schedule_read(value);
    case 't': return read_number(value, 1, 64, &options.threads);
    case 'n': settings.self_check = false; return true;
    case 'v': settings.verbose = true; return true;
    case 'm':
        if (!read_number(value, 1, 600000, &number))
            return false;
        delivery_options.timeout = number;
        return true;
    default: return false;
    }
}

static bool read_options(int argc, char **argv)
{
    static const struct option known[] = {
        {"port", required_argument, NULL, 'p'},
        {"port-file", required_argument, NULL, 'f'},
        {"contract", required_argument, NULL, 'c'},
        {"graph", required_argument, NULL, 'g'},
        {"webhook-url", required_argument, NULL, 'u'},
        {"webhook-secret", required_argument, NULL, 's'},
        {"webhook-schedule", required_argument, NULL, 'w'},
        {"webhook-timeout", required_argument, NULL, 'm'},
        {"threads", required_argument, NULL, 't'},
        {"no-self-check", no_argument, NULL, 'n'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option, index = 0;
    while ((option = getopt_long(argc, argv, "", known, &index)) != -1) {
        if (option == 'h') {
            fputs(usage, stdout);
            exit(0);
        }
        if (option == '?')
            return false;
        if (!read_option(option, optarg)) {
            fprintf(stderr, "xpay-sandbox: --%s %s is not understood\n", known[index].name, optarg);
            return false;
        }
    }
    if (optind < argc)
        fprintf(stderr, "xpay-sandbox: unexpected argument %s\n", argv[optind]);
    return optind == argc;
}

/* Written beside and renamed, so that whoever waits for the file never reads half of it. */
static bool write_port_file(void)
{
    if (!options.port_file)
        return true;
    char *beside = must_format("%s.%ld", options.port_file, (long)getpid());
    FILE *out = fopen(beside, "w");
    bool written = out && fprintf(out, "%d\n", (int)server_port()) > 0;
    if (out && fclose(out) != 0)
        written = false;
    written = written && rename(beside, options.port_file) == 0;
    if (!written)
        fprintf(stderr, "xpay-sandbox: %s: %s\n", options.port_file, strerror(errno));
    free(beside);
    return written;
}

static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void add_first_endpoint(void)
{
    if (!options.webhook_url)
        return;
    state_lock();
    endpoint_add(options.webhook_url, options.webhook_secret, NULL, WORLD_TEST);
    state_unlock();
}

/* The contract has nothing that the sandbox does not do. */
static bool serves_all(struct text *problem)
{
    for (size_t i = 0; i < contract_count(); i++)
        if (!operation_find(contract_at(i)->id)) {
            text_addf(problem, "the operation %s is not implemented", contract_at(i)->id);
            return false;
        }
    return true;
}

/* Serves until a signal asks it to stop. */
static int serve(const sigset_t *signals)
{
    int signal_number, status = 1;
    if (!deliveries_start()) {
        fputs("xpay-sandbox: the delivery thread cannot be started\n", stderr);
        return 1;
    }
    add_first_endpoint();
    if (!server_start((uint16_t)options.port, (unsigned)options.threads)) {
        fprintf(stderr, "xpay-sandbox: cannot listen on port %ld\n", options.port);
        deliveries_stop();
        return 1;
    }
    state_lock();
    snprintf(settings.origin, sizeof settings.origin, "http://127.0.0.1:%d", (int)server_port());
    state_unlock();
    if (write_port_file()) {
        printf("xpay-sandbox: listening on %s\n", settings.origin);
        fflush(stdout);
        sigwait(signals, &signal_number);
        status = 0;
    }
    server_stop();
    deliveries_stop();
    return status;
}

int main(int argc, char **argv)
{
    struct text problem = {0};
    sigset_t signals;
    if (!read_options(argc, argv)) {
        fputs("xpay-sandbox: try --help\n", stderr);
        return 2;
    }
    if (!contract_load(options.contract, &problem) || !serves_all(&problem)) {
        fprintf(stderr, "xpay-sandbox: %s\n", problem.bytes);
        text_free(&problem);
        contract_free();
        return 1;
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by every thread */
    signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    products_seed();
    int status = serve(&signals);
    if (self_check_violations()) {
        fprintf(stderr, "xpay-sandbox: %lu answers or events violated the contract\n",
                self_check_violations());
        status = 3;
    }
    deliveries_free();
    endpoints_free();
    events_free();
    faults_clear();
    idempotency_free();
    links_free();
    products_free();
    state_free();
    self_check_free();
    contract_free();
    return status;
}
