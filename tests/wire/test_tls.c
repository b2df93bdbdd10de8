/* Whom the library trusts: nobody without a good certificate, and nobody but the host that it was given. */
#include "certificates.h"
#include "sandbox.h"
#include "server.h"
#include "wire.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400, ATTEMPTS = 4 };

static const struct tls_row {
    struct certificate certificate;
    xpay_status status;
} rows[] = {
    {{"good", "127.0.0.1", -DAY, DAY, false, 0}, XPAY_OK},
    {{"good, TLS 1.2", "127.0.0.1", -DAY, DAY, false, TLS1_2_VERSION}, XPAY_OK},
    {{"expired", "127.0.0.1", -DAY, -60, false, 0}, XPAY_ERROR_TLS_CERTIFICATE},
    {{"not valid yet", "127.0.0.1", 3600, DAY, false, 0}, XPAY_ERROR_TLS_CERTIFICATE},
    {{"self-signed", "127.0.0.1", -DAY, DAY, true, 0}, XPAY_ERROR_TLS_CERTIFICATE},
    {{"for another address", "127.0.0.2", -DAY, DAY, false, 0}, XPAY_ERROR_TLS_CERTIFICATE},
    {{"for another host", "api.xpay.app", -DAY, DAY, false, 0}, XPAY_ERROR_TLS_CERTIFICATE},
    {{"TLS 1.1 only", "127.0.0.1", -DAY, DAY, false, TLS1_1_VERSION}, XPAY_ERROR_TLS_HANDSHAKE},
};

static void trust_authority(xpay_client_options *options, void *context)
{
    (void)context;
    options->ca_file = authority_file();
}

static void forward_all(struct peer *peer)
{
    const struct sandbox *sandbox = peer->context;
    while (peer_read(peer))
        peer_forward(peer, sandbox->port, false);
}

static void try_certificate(struct sandbox *sandbox, const struct tls_row *row)
{
    const char *name = row->certificate.name;
    struct server *server = server_start(forward_all, sandbox, &row->certificate);
    char url[URL_SIZE];
    xpay_error error;
    xpay_client *client =
        client_to(url_of(url, "https", server_port(server)), ATTEMPTS, trust_authority, NULL);
    long before = sandbox_effects(sandbox, "createCheckoutSession");
    wire_sendings = 0;
    xpay_status status = create_session(client, NULL, &error);
    long effects = sandbox_effects(sandbox, "createCheckoutSession") - before;
    bool good = row->status == XPAY_OK;
    xpay_client_free(client);

    expect(status == row->status, "%s: %s (%s)", name, xpay_status_name(status), error.message);
    expect(server_connections(server) == 1, "%s: %ld connections", name,
           server_connections(server));
    expect(server_requests(server) == good && wire_sendings == good && effects == good,
           "%s: %ld requests, %ld effects", name, server_requests(server), effects);
    if (!good)
        expect(error.outcome == XPAY_OUTCOME_NOT_SENT && error.attempts == 0, "%s: %s", name,
               xpay_outcome_name(error.outcome));
    printf("%-20s %-28s %-9s connections %ld, requests %ld\n", name, xpay_status_name(status),
           xpay_outcome_name(error.outcome), server_connections(server), server_requests(server));
    count_run(!good, effects);
    server_stop(server);
}

/* Each answer that would lead elsewhere. */
struct redirect {
    const char *status;
    char location[128];
};

static void redirect_all(struct peer *peer)
{
    const struct redirect *redirect = peer->context;
    while (peer_read(peer))
        peer_answer(peer, redirect->status, redirect->location, "{}");
}

static void answer_nothing(struct peer *peer)
{
    while (peer_read(peer))
        peer_answer(peer, "200 OK", "", "{}");
}

static void try_redirect(const char *status, const char *host)
{
    struct server *other = server_start(answer_nothing, NULL, NULL);
    struct redirect redirect = {.status = status};
    snprintf(redirect.location, sizeof redirect.location, "Location: http://%s:%u/refunds\r\n",
             host, (unsigned)server_port(other));
    struct server *server = server_start(redirect_all, &redirect, NULL);
    char url[URL_SIZE];
    xpay_error error;
    xpay_client *client = client_to(url_of(url, "http", server_port(server)), ATTEMPTS, NULL, NULL);
    xpay_status result = create_refund(client, "pi_test_1", NULL, &error);
    xpay_client_free(client);
    expect(result == XPAY_ERROR_PROTOCOL && error.outcome == XPAY_OUTCOME_UNKNOWN, "%s: %s, %s",
           status, xpay_status_name(result), xpay_outcome_name(error.outcome));
    expect(server_requests(server) == 1, "%s: asked %ld times", status, server_requests(server));
    expect(server_connections(other) == 0, "%s: the second host was spoken to", status);
    printf("%-20s %-28s %-9s second host: %ld connections\n", status, xpay_status_name(result),
           xpay_outcome_name(error.outcome), server_connections(other));
    count_run(1, 0);
    server_stop(server);
    server_stop(other);
}

static void refuse_plain_http(const char *base_url)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_client *client;
    xpay_error error;
    options.api_key = WIRE_API_KEY;
    options.base_url = base_url;
    xpay_status status = xpay_client_new(&options, &client, &error);
    expect(status == XPAY_ERROR_ARGUMENT && strcmp(error.param, "base_url") == 0 && client == NULL,
           "%s: %s", base_url, xpay_status_name(status));
    xpay_client_free(client);
}

void test_tls(void)
{
    static const char *const redirects[] = {"301 Moved Permanently", "302 Found", "303 See Other",
                                            "307 Temporary Redirect", "308 Permanent Redirect"};
    static const char *const plain[] = {
        "http://api.xpay.app",      "http://10.0.0.1",          "http://[::2]",
        "http://localhost.example", "http://127.0.0.1.example", "http://128.0.0.1"};
    struct sandbox sandbox;
    sandbox_start(&sandbox);
    for (size_t i = 0; i < LENGTH(rows); i++)
        try_certificate(&sandbox, &rows[i]);
    for (size_t i = 0; i < LENGTH(redirects); i++)
        try_redirect(redirects[i], i % 2 == 0 ? "127.0.0.1" : "localhost");
    for (size_t i = 0; i < LENGTH(plain); i++)
        refuse_plain_http(plain[i]);
    sandbox_stop(&sandbox);
}
