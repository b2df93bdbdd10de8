/* A server that answers from a script, one entry for each request, whatever connection it comes on. */
#ifndef XPAY_TESTS_SCRIPTED_H
#define XPAY_TESTS_SCRIPTED_H

#include <stddef.h>
#include <stdint.h>
#include <xpay/xpay.h>

#define LOST    ((const char *)0) /* the request is read, and the connection closed */
#define SILENCE ""                /* the request is read, and nothing is ever said */

/* A whole answer with a JSON body. `headers` ends each line with \r\n. */
#define SAYS(status, headers, body) \
    "HTTP/1.1 " status " Scripted\r\nContent-Type: application/json\r\n" headers "X-Length: " body

typedef struct scripted scripted;

scripted *scripted_start(const char *const *answers, size_t count);
void scripted_stop(scripted *server);

/* Requests and connections so far; the text of one request, headers and body. */
size_t scripted_requests(scripted *server);
size_t scripted_connections(scripted *server);
const char *scripted_request(scripted *server, size_t index);

/* Options of a client that talks to it, with the least waits. */
xpay_client_options scripted_options(scripted *server);

/* The value of a header of a request, copied into `value`; "" when it has none. */
void scripted_header(const char *request, const char *name, char *value, size_t size);

#endif
