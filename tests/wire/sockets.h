/* Plain sockets on loopback. */
#ifndef WIRE_SOCKETS_H
#define WIRE_SOCKETS_H

#include <stddef.h>
#include <stdint.h>

/* Listening on 127.0.0.1, on a port that was free. */
int listen_on_any(uint16_t *port);
int connect_to(uint16_t port);
void no_delay(int fd);

/* All of it, or as much as the other side takes. */
void send_all(int fd, const char *bytes, size_t length);

#endif
