/* Certificates that are made when a test runs: good ones, and each kind of bad one. */
#ifndef WIRE_CERTIFICATES_H
#define WIRE_CERTIFICATES_H

#include <stdbool.h>

#include <openssl/ssl.h>

struct certificate {
    const char *name;
    const char *host;     /* an IP address or a DNS name that it is for */
    long from_s, until_s; /* from now */
    bool self_signed;     /* not by the authority that clients here trust */
    int highest_tls;      /* 0: any; TLS1_1_VERSION … */
};

/* A PEM file with the authority's certificate, for ca_file; removed at exit. */
const char *authority_file(void);

/* A server's context with a new certificate. */
SSL_CTX *certificate_context(const struct certificate *certificate);

#endif
