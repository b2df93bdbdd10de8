/* What every wire test starts from: verdicts that are counted, clocks, and what the library did on this thread. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xpay/xpay.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#define WIRE_API_KEY "sk_test_sandbox_secret"

enum { URL_SIZE = 64, KEY_SIZE = 256 };

/* --quick: a part that takes less than a minute. */
extern bool wire_quick;

/* One promise, kept or not. Failures are printed, up to a limit. Any thread. Returns `holds`. */
bool expect(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A test that cannot go on: prints and ends the program. */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* How often the library was made to do something, how often something went wrong on the way, what came of it. */
void count_run(long faults, long effects);

int64_t now_us(void);
void nap_us(int64_t microseconds);

/* "http://127.0.0.1:<port>", or https. */
const char *url_of(char url[URL_SIZE], const char *scheme, uint16_t port);

/* A key that nobody used before. */
void fresh_key(char key[KEY_SIZE]);

/*
 * How often the request of this thread's calls was about to leave, as the library's own pre-request callback was told.
 * Counted by a wrapper around it; set it to 0 before a call.
 */
extern _Thread_local int wire_sendings;

/* Called right before that callback; NULL: nothing is. */
extern void (*wire_before_sending)(void);

/* Bound of the first wait between two attempts, in place of the library's half a second. Not while calls are running. */
extern int64_t wire_first_delay_us;

/* A client for `base_url` with this number of attempts; other options by `change`, which may be NULL. */
xpay_client *client_to(const char *base_url, int attempts,
                       void (*change)(xpay_client_options *options, void *context), void *context);

/* The two operations that move money, as small as they can be. `intent` is the payment to refund. */
xpay_status create_session(xpay_client *client, const xpay_request_options *options,
                           xpay_error *error);
xpay_status create_refund(xpay_client *client, const char *intent,
                          const xpay_request_options *options, xpay_error *error);

/* The program that test_kill() kills. */
int refund_one_order(int argc, char **argv);

/* The parts, in the order in which they run. */
void test_matrix(void);
void test_replay(void);
void test_doubt(void);
void test_tls(void);
void test_handshake(void);
void test_time(void);
void test_storm(void);
void test_kill(void);
void test_canaries(void);
void test_stress(void);

#endif
