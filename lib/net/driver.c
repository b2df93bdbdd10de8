/* The poll loop around one transfer, and the clock that it goes by. */
#include "driver.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

static int64_t machine_now_us(void *user)
{
    struct timespec now;
    (void)user;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The kernel's: it needs no memory and no state, which a moment without memory or a fork() could spoil. */
static bool machine_random(void *user, unsigned char *bytes, size_t count)
{
    ssize_t got;
    (void)user;
    do
        got = getrandom(bytes, count, 0);
    while (got < 0 && errno == EINTR);
    return got >= 0 && (size_t)got == count;
}

int64_t xpay_wall_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#ifdef CLOCK_BOOTTIME
#define LASTING_CLOCK CLOCK_BOOTTIME
#else
#define LASTING_CLOCK CLOCK_REALTIME /* counts sleep as well, but can be set */
#endif

static int64_t machine_lasting_ms(void *user)
{
    struct timespec now;
    (void)user;
    clock_gettime(LASTING_CLOCK, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const xpay_sources xpay_machine = {machine_now_us, machine_lasting_ms, machine_random, NULL};

static CURLcode multi_failed(xpay_line *line, CURLMcode code)
{
    line->broken = true;
    snprintf(line->detail, sizeof(line->detail), "%s", curl_multi_strerror(code));
    return code == CURLM_OUT_OF_MEMORY ? CURLE_OUT_OF_MEMORY : CURLE_RECV_ERROR;
}

/* What the only transfer of this multi handle ended with. */
static CURLcode ended_with(xpay_line *line)
{
    int left;
    const CURLMsg *message = curl_multi_info_read(line->multi, &left);
    if (message != NULL && message->msg == CURLMSG_DONE)
        return message->data.result;
    return multi_failed(line, CURLM_INTERNAL_ERROR);
}

/* From another thread, at any time between adding the handle and taking it out. */
static void wake(void *multi)
{
    curl_multi_wakeup(multi);
}

static CURLcode transfer(xpay_line *line, int64_t deadline_us, const xpay_cancel *cancel)
{
    for (;;) {
        int running = 0;
        CURLMcode code = curl_multi_perform(line->multi, &running);
        if (code != CURLM_OK)
            return multi_failed(line, code);
        if (running == 0)
            return ended_with(line);

        if (xpay_canceled(cancel)) {
            line->answer.refusal = XPAY_ERROR_CANCELED;
            return CURLE_ABORTED_BY_CALLBACK;
        }
        int64_t left_us = deadline_us - machine_now_us(NULL);
        if (left_us <= 0) {
            snprintf(line->detail, sizeof(line->detail), "%s",
                     line->exchange->sending ? "the answer was not complete by then"
                                             : "there was no connection by then");
            return CURLE_OPERATION_TIMEDOUT;
        }
        int64_t left_ms = (left_us + 999) / 1000;
        code =
            curl_multi_poll(line->multi, NULL, 0, left_ms > INT_MAX ? INT_MAX : (int)left_ms, NULL);
        if (code != CURLM_OK)
            return multi_failed(line, code);
    }
}

void xpay_drive(xpay_line *line, const xpay_request *request, xpay_exchange *exchange,
                xpay_cancel *cancel)
{
    xpay_waiter waiter;
    CURLcode code = xpay_line_prepare(line, request, exchange);
    if (code == CURLE_OK) {
        CURLMcode added = curl_multi_add_handle(line->multi, line->easy);
        xpay_cancel_enlist(cancel, &waiter, wake, line->multi);
        code = added == CURLM_OK ? transfer(line, exchange->deadline_us, cancel)
                                 : multi_failed(line, added);
        xpay_cancel_forget(cancel, &waiter);
        /* Taking an unfinished transfer out closes its connection, without waiting for its resolver. */
        curl_multi_remove_handle(line->multi, line->easy);
    }
    xpay_line_finish(line, code);
}
