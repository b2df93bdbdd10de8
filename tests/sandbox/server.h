/* HTTP: a few threads with epoll, loopback only. A request that has to wait for a fault's delay
 * does not occupy a thread meanwhile. */
#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include <stdbool.h>
#include <stdint.h>

/* PORT 0: any. False if the port cannot be had. */
bool server_start(uint16_t port, unsigned threads);
uint16_t server_port(void);
void server_stop(void);
unsigned long server_connections(void); /* accepted so far */

#endif
