/* The inbox: the one safe order of verify, claim, handle, commit and answer, whatever fails on the way. */
#include <string.h>

#include <xpay/inbox.h>

#include "delivery.h"
#include "suites.h"

#define BODY                                                                     \
    "{\"id\":\"evt_test_1\",\"object\":\"event\",\"type\":\"customer.created\"," \
    "\"livemode\":false,\"data\":{\"object\":{\"object\":\"customer\",\"id\":\"cus_1\"}}}"

/* A well signed body that is none, and one whose amount has a wrong kind. */
#define NOT_JSON "paid"
#define NO_EVENT "{\"id\":\"evt_test_1\"}"
#define BAD_AMOUNT                                                                              \
    "{\"id\":\"evt_test_1\",\"object\":\"event\",\"type\":\"checkout.session.completed\","      \
    "\"livemode\":false,\"data\":{\"object\":{\"object\":\"checkout.session\",\"id\":\"cs_1\"," \
    "\"amountTotal\":[]}}}"

/* What the scripted inbox and handler do, and which of their steps were seen: c(laim), h(andle), C(ommit), r(elease). */
typedef struct script {
    int32_t claim;
    xpay_status handle, commit;
    char steps[8];
    bool any_id;
} script;

static void step(script *s, char letter)
{
    size_t length = strlen(s->steps);
    ck_assert_uint_lt(length, sizeof s->steps - 1);
    s->steps[length] = letter;
}

static int32_t scripted_claim(void *context, const xpay_event *event, void **transaction)
{
    script *s = context;
    step(s, 'c');
    if (!s->any_id)
        ck_assert_str_eq(event->id, "evt_test_1");
    if (s->claim == XPAY_CLAIM_TAKEN)
        *transaction = s->steps;
    return s->claim;
}

static xpay_status scripted_handle(void *context, const xpay_event *event, void *transaction)
{
    script *s = context;
    step(s, 'h');
    ck_assert_str_eq(event->type, "customer.created");
    ck_assert_ptr_eq(transaction, s->steps);
    return s->handle;
}

static xpay_status scripted_commit(void *context, void *transaction)
{
    script *s = context;
    step(s, 'C');
    ck_assert_ptr_eq(transaction, s->steps);
    return s->commit;
}

static void scripted_release(void *context, void *transaction)
{
    script *s = context;
    step(s, 'r');
    ck_assert_ptr_eq(transaction, s->steps);
}

static xpay_inbox scripted_inbox(script *s)
{
    xpay_inbox inbox = XPAY_INBOX_INIT;
    inbox.context = s;
    inbox.claim = scripted_claim;
    inbox.commit = scripted_commit;
    inbox.release = scripted_release;
    return inbox;
}

#define TAKEN     XPAY_CLAIM_TAKEN
#define DUPLICATE XPAY_CLAIM_DUPLICATE
#define GOOD      "t=<t>,v1=<good>"

static const struct answer_case {
    const char *header, *body;
    int32_t claim;
    xpay_status handle, commit;
    int32_t http_status, verdict;
    xpay_status status;
    const char *steps;
} answer_cases[] = {
    /* A 2xx only after the commit, or when an earlier delivery was committed. */
    {GOOD, BODY, TAKEN, XPAY_OK, XPAY_OK, 200, XPAY_INBOX_HANDLED, XPAY_OK, "chC"},
    {GOOD, BODY, DUPLICATE, XPAY_OK, XPAY_OK, 200, XPAY_INBOX_DUPLICATE, XPAY_OK, "c"},

    /* Our own trouble: XPay is to deliver it again. */
    {GOOD, BODY, XPAY_CLAIM_BUSY, XPAY_OK, XPAY_OK, 503, XPAY_INBOX_BUSY, XPAY_ERROR_INBOX_BUSY,
     "c"},
    {GOOD, BODY, XPAY_CLAIM_FAILED, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX,
     "c"},
    {GOOD, BODY, 0, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX, "c"},
    {GOOD, BODY, 99, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX, "c"},
    {GOOD, BODY, TAKEN, XPAY_OK, XPAY_ERROR_INBOX, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX, "chC"},
    {GOOD, BODY, TAKEN, XPAY_OK, 7, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX, "chC"},
    {GOOD, BODY, TAKEN, XPAY_ERROR_MEMORY, XPAY_OK, 500, XPAY_INBOX_PUT_OFF, XPAY_ERROR_MEMORY,
     "chr"},
    {GOOD, BODY, TAKEN, -1, XPAY_OK, 500, XPAY_INBOX_PUT_OFF, -1, "chr"},
    {GOOD, BODY, TAKEN, XPAY_ERROR_NOT_FOUND, XPAY_OK, 404, XPAY_INBOX_PUT_OFF,
     XPAY_ERROR_NOT_FOUND, "chr"},
    {GOOD, BODY, TAKEN, XPAY_ERROR_CONFLICT, XPAY_OK, 503, XPAY_INBOX_PUT_OFF, XPAY_ERROR_CONFLICT,
     "chr"},
    /* A handler's status that looks like a forgery is still the handler's. */
    {GOOD, BODY, TAKEN, XPAY_ERROR_SIGNATURE_MISMATCH, XPAY_OK, 500, XPAY_INBOX_PUT_OFF,
     XPAY_ERROR_SIGNATURE_MISMATCH, "chr"},

    /* Not from XPay, or not fresh: nothing is asked of the database. */
    {NULL, BODY, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED, XPAY_ERROR_SIGNATURE_MISSING,
     ""},
    {"", BODY, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED, XPAY_ERROR_SIGNATURE_MISSING, ""},
    {"v1=<good>", BODY, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED,
     XPAY_ERROR_SIGNATURE_MALFORMED, ""},
    {"t=<t>,v1=<bad>", BODY, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED,
     XPAY_ERROR_SIGNATURE_MISMATCH, ""},
    {"t=<t>,v1=<other>", BODY, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED,
     XPAY_ERROR_SIGNATURE_MISMATCH, ""},
    {"t=<t>,v1=<bad>", NOT_JSON, TAKEN, XPAY_OK, XPAY_OK, 401, XPAY_INBOX_REFUSED,
     XPAY_ERROR_SIGNATURE_MISMATCH, ""},

    /* From XPay and not to be read: an alarm, not a forgery. */
    {GOOD, NOT_JSON, TAKEN, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_UNREADABLE, XPAY_ERROR_JSON, ""},
    {GOOD, "", TAKEN, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_UNREADABLE, XPAY_ERROR_JSON, ""},
    {GOOD, NO_EVENT, TAKEN, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_UNREADABLE, XPAY_ERROR_NOT_AN_EVENT,
     ""},
    {GOOD, BAD_AMOUNT, TAKEN, XPAY_OK, XPAY_OK, 500, XPAY_INBOX_UNREADABLE, XPAY_ERROR_DECODE, ""},
};

/* Hand a delivery over in two pieces; what its header alone is refused for has no answer of the inbox's. */
static xpay_status process_in_pieces(xpay_webhook_verifier *verifier, const xpay_inbox *inbox,
                                     const char *body, size_t length, const char *header, script *s,
                                     xpay_inbox_reply *reply, xpay_error *error)
{
    xpay_webhook_stream *stream;
    ck_assert_int_eq(xpay_webhook_stream_begin(verifier, header, &stream, NULL), XPAY_OK);
    if (xpay_webhook_stream_update(stream, body, length / 2, NULL) == XPAY_OK &&
        xpay_webhook_stream_update(stream, body + length / 2, length - length / 2, NULL) != XPAY_OK)
        step(s, '!');
    xpay_status status =
        xpay_inbox_process_stream(stream, inbox, body, length, scripted_handle, s, reply, error);
    /* It was finished, and is still the caller's. */
    ck_assert_int_ne(xpay_webhook_stream_finish(stream, NULL, NULL), XPAY_OK);
    xpay_webhook_stream_free(stream);
    return status;
}

/* Each answer once at once, and once in pieces. */
START_TEST(test_answer_is_2xx_only_for_what_is_committed)
{
    const struct answer_case *c = &answer_cases[_i / 2];
    bool in_pieces = _i % 2 == 1;
    if (in_pieces &&
        (c->status == XPAY_ERROR_SIGNATURE_MISSING || c->status == XPAY_ERROR_SIGNATURE_MALFORMED))
        return;
    script s = {.claim = c->claim, .handle = c->handle, .commit = c->commit};
    xpay_inbox inbox = scripted_inbox(&s);
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    if (c->header != NULL)
        write_header(header, c->header, c->body, strlen(c->body));
    xpay_inbox_reply reply;
    xpay_error error;
    memset(&reply, 0xAA, sizeof reply);
    memset(&error, 0xAA, sizeof error);
    xpay_status status = in_pieces ? process_in_pieces(verifier, &inbox, c->body, strlen(c->body),
                                                       header, &s, &reply, &error)
                                   : xpay_inbox_process(verifier, &inbox, c->body, strlen(c->body),
                                                        c->header == NULL ? NULL : header,
                                                        scripted_handle, &s, &reply, &error);
    ck_assert_int_eq(status, c->status);
    ck_assert_int_eq(error.status, c->status);
    ck_assert_int_eq(*error.message == '\0', status == XPAY_OK);
    ck_assert_int_eq(reply.http_status, c->http_status);
    ck_assert_int_eq(reply.verdict, c->verdict);
    ck_assert_str_eq(s.steps, c->steps);
    if (c->verdict != XPAY_INBOX_UNREADABLE) {
        ck_assert_str_eq(reply.event_id, *c->steps == '\0' ? "" : "evt_test_1");
        ck_assert_str_eq(reply.event_type, *c->steps == '\0' ? "" : "customer.created");
    }
    for (size_t i = 0; i < sizeof reply.reserved; i++)
        ck_assert_int_eq(reply.reserved[i], 0);
    ck_assert_int_eq(status == XPAY_OK, reply.http_status == 200);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_stale_delivery_is_refused_before_it_is_claimed)
{
    script s = {.claim = TAKEN};
    xpay_inbox inbox = scripted_inbox(&s);
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    xpay_inbox_reply reply;
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, TEST_NOW - 301, BODY, sizeof BODY - 1, header,
                                       sizeof header),
                     XPAY_OK);
    ck_assert_int_eq(xpay_inbox_process(verifier, &inbox, BODY, sizeof BODY - 1, header,
                                        scripted_handle, &s, &reply, NULL),
                     XPAY_ERROR_SIGNATURE_EXPIRED);
    ck_assert_int_eq(reply.http_status, 401);
    ck_assert_int_eq(reply.verdict, XPAY_INBOX_REFUSED);
    ck_assert_str_eq(s.steps, "");
    xpay_webhook_verifier_free(verifier);
}
END_TEST

static int64_t stopped_clock(void *context)
{
    (void)context;
    return TEST_NOW;
}

START_TEST(test_body_over_the_limit_is_answered_with_413)
{
    script s = {.claim = TAKEN};
    xpay_inbox inbox = scripted_inbox(&s);
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    xpay_inbox_reply reply;
    char header[MAX_HEADER];
    options.secret = TEST_SECRET;
    options.clock = stopped_clock;
    options.max_body_bytes = sizeof BODY - 2;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), XPAY_OK);
    write_header(header, GOOD, BODY, sizeof BODY - 1);
    ck_assert_int_eq(xpay_inbox_process(verifier, &inbox, BODY, sizeof BODY - 1, header,
                                        scripted_handle, &s, &reply, NULL),
                     XPAY_ERROR_TOO_LARGE);
    ck_assert_int_eq(reply.http_status, 413);
    ck_assert_int_eq(reply.verdict, XPAY_INBOX_REFUSED);
    ck_assert_str_eq(s.steps, "");
    ck_assert_int_eq(
        process_in_pieces(verifier, &inbox, BODY, sizeof BODY - 1, header, &s, &reply, NULL),
        XPAY_ERROR_TOO_LARGE);
    ck_assert_int_eq(reply.http_status, 413);
    ck_assert_int_eq(reply.verdict, XPAY_INBOX_REFUSED);
    ck_assert_str_eq(s.steps, "!"); /* the second piece was refused already */
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_reply_names_the_secret_for_the_log)
{
    xpay_webhook_verifier *verifier = test_verifier(OTHER_SECRET, 0);
    static const char *const headers[] = {GOOD, "t=<t>,v1=<other>"}, *const labels[] = {"",
                                                                                        "other"};
    for (size_t i = 0; i < LENGTH(headers); i++) {
        script s = {.claim = TAKEN};
        xpay_inbox inbox = scripted_inbox(&s);
        xpay_inbox_reply reply;
        char header[MAX_HEADER];
        write_header(header, headers[i], BODY, sizeof BODY - 1);
        ck_assert_int_eq(xpay_inbox_process(verifier, &inbox, BODY, sizeof BODY - 1, header,
                                            scripted_handle, &s, &reply, NULL),
                         XPAY_OK);
        ck_assert_str_eq(reply.secret_label, labels[i]);
        memset(&s.steps, 0, sizeof s.steps);
        ck_assert_int_eq(
            process_in_pieces(verifier, &inbox, BODY, sizeof BODY - 1, header, &s, &reply, NULL),
            XPAY_OK);
        ck_assert_str_eq(reply.secret_label, labels[i]);
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/* Whoever is woken by an event that cannot be read has to know which. */
START_TEST(test_reply_names_what_cannot_be_read_as_far_as_it_can)
{
    static const struct {
        const char *body, *event_id, *event_type, *label;
    } cases[] = {
        {BAD_AMOUNT, "evt_test_1", "checkout.session.completed", "other"},
        {"{\"object\":\"event\",\"id\":\"evt_1\",\"type\":\"refund.failed\"}", "evt_1",
         "refund.failed", "other"},
        {"{\"object\":\"event\",\"id\":\"evt_1\"}", "evt_1", "", "other"},
        {"{\"object\":\"event\",\"type\":\"refund.failed\"}", "", "", ""},
        {"{\"object\":\"event\",\"id\":\"evt_1\",\"type\":7}", "", "", ""},
        {NOT_JSON, "", "", ""},
    };
    xpay_webhook_verifier *verifier = test_verifier(OTHER_SECRET, 0);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        script s = {.claim = TAKEN};
        xpay_inbox inbox = scripted_inbox(&s);
        xpay_inbox_reply reply;
        char header[MAX_HEADER];
        write_header(header, "t=<t>,v1=<other>", cases[i].body, strlen(cases[i].body));
        ck_assert_int_ne(xpay_inbox_process(verifier, &inbox, cases[i].body, strlen(cases[i].body),
                                            header, scripted_handle, &s, &reply, NULL),
                         XPAY_OK);
        ck_assert_int_eq(reply.verdict, XPAY_INBOX_UNREADABLE);
        ck_assert_str_eq(reply.event_id, cases[i].event_id);
        ck_assert_str_eq(reply.event_type, cases[i].event_type);
        ck_assert_str_eq(reply.secret_label, cases[i].label);
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/* So that a log and the database agree on an event: what looks like a card number is none in an id. */
START_TEST(test_reply_names_the_event_as_it_is_cut_to_its_member_on_one_line)
{
#define BYTES_125                                                                      \
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890" \
    "123456789012345678901234567890123456789012345"
    static const struct {
        const char *given, *shown;
    } cases[] = {
        {"evt_4111111111111111", "evt_4111111111111111"},
        {"evt_sk_test_1234567890abcdef", "evt_sk_test_1234567890abcdef"},
        {"evt_1\n500 \x1b[31m\x7f", "evt_1 500  [31m "},
        {BYTES_125 "67", BYTES_125 "67"},
        {BYTES_125 "678", BYTES_125 "67"},
        {BYTES_125 "678" BYTES_125, BYTES_125 "67"},
        {BYTES_125 "6\xc3\xa9", BYTES_125 "6"}, /* no half characters */
        {BYTES_125 "\xc3\xa9", BYTES_125 "\xc3\xa9"},
        {BYTES_125 "\xf0\x9f\x8d\xb5", BYTES_125},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        script s = {.claim = XPAY_CLAIM_DUPLICATE};
        xpay_inbox inbox = scripted_inbox(&s);
        const xpay_event event = {.id = "evt_test_1", .type = cases[i].given};
        const xpay_event other = {.id = cases[i].given, .type = "x"};
        xpay_inbox_reply reply;
        ck_assert_int_eq(xpay_inbox_handle(&inbox, &event, scripted_handle, &s, &reply, NULL),
                         XPAY_OK);
        ck_assert_str_eq(reply.event_type, cases[i].shown);
        s.any_id = true;
        ck_assert_int_eq(xpay_inbox_handle(&inbox, &other, scripted_handle, &s, &reply, NULL),
                         XPAY_OK);
        ck_assert_str_eq(reply.event_id, cases[i].shown);
        ck_assert_str_eq(reply.event_type, "x");
    }
}
END_TEST

/* An inbox that is not whole, and the argument that is told; the answer is 500, so nothing is lost. */
START_TEST(test_inbox_that_is_not_whole_answers_500)
{
    script s = {.claim = TAKEN};
    const xpay_inbox whole = scripted_inbox(&s);
    struct {
        xpay_inbox inbox;
        int64_t newer;
    } broken[6] = {{whole, 0}, {whole, 0}, {whole, 0}, {whole, 0}, {whole, 7}, {whole, 0}};
    broken[0].inbox.claim = NULL;
    broken[1].inbox.commit = NULL;
    broken[2].inbox.release = NULL;
    broken[3].inbox.size = offsetof(xpay_inbox, release);
    broken[4].inbox.size = sizeof broken[4];
    broken[5].inbox.size = 0;
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, GOOD, BODY, sizeof BODY - 1);
    for (size_t i = 0; i <= LENGTH(broken); i++) {
        xpay_inbox_reply reply;
        xpay_error error;
        memset(&reply, 0xAA, sizeof reply);
        xpay_status status =
            xpay_inbox_process(verifier, i < LENGTH(broken) ? &broken[i].inbox : NULL, BODY,
                               sizeof BODY - 1, header, scripted_handle, &s, &reply, &error);
        ck_assert_int_eq(status, i == 4 ? XPAY_ERROR_ABI : XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, "inbox");
        ck_assert_int_eq(reply.http_status, 500);
    }
    xpay_inbox_reply reply;
    xpay_error error;
    ck_assert_int_eq(xpay_inbox_process(verifier, &whole, BODY, sizeof BODY - 1, header, NULL, &s,
                                        &reply, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "handler");
    ck_assert_int_eq(reply.http_status, 500);
    ck_assert_int_eq(xpay_inbox_process(NULL, &whole, BODY, sizeof BODY - 1, header,
                                        scripted_handle, &s, &reply, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "verifier");
    ck_assert_int_eq(reply.http_status, 500);
    ck_assert_int_eq(xpay_inbox_process(verifier, &whole, BODY, sizeof BODY - 1, header,
                                        scripted_handle, &s, NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "reply");
    const xpay_event no_id = {.type = "x"}, no_type = {.id = "evt_1"};
    const xpay_event *const no_events[] = {NULL, &no_id, &no_type};
    for (size_t i = 0; i < LENGTH(no_events); i++) {
        ck_assert_int_eq(
            xpay_inbox_handle(&whole, no_events[i], scripted_handle, &s, &reply, &error),
            XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, "event");
        ck_assert_int_eq(reply.http_status, 500);
    }
    ck_assert_str_eq(s.steps, "");
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_initial_inbox_is_zero_but_for_its_size)
{
    struct {
        xpay_inbox inbox;
        int64_t newer, beyond;
    } larger;
    memset(&larger, 0xAA, sizeof larger);
    xpay_inbox_init(&larger.inbox, offsetof(xpay_inbox, release));
    ck_assert_uint_eq(larger.inbox.size, offsetof(xpay_inbox, release));
    ck_assert(larger.inbox.context == NULL && larger.inbox.commit == NULL);
    ck_assert_mem_eq(&larger.inbox.release, &larger.beyond, sizeof larger.inbox.release);
    xpay_inbox_init(&larger.inbox, offsetof(__typeof__(larger), beyond));
    ck_assert_uint_eq(larger.inbox.size, offsetof(__typeof__(larger), beyond));
    ck_assert(larger.inbox.release == NULL && larger.newer == 0 && larger.beyond != 0);
}
END_TEST

static int32_t take_without_a_transaction(void *context, const xpay_event *event,
                                          void **transaction)
{
    (void)event;
    if (*(int *)context == 0)
        *transaction = context;
    return XPAY_CLAIM_TAKEN;
}

static xpay_status want_none(void *context, const xpay_event *event, void *transaction)
{
    (void)event;
    return transaction == (*(int *)context == 0 ? context : NULL) ? XPAY_OK : XPAY_ERROR_CONFLICT;
}

static xpay_status commit_none(void *context, void *transaction)
{
    return want_none(context, NULL, transaction);
}

START_TEST(test_transaction_that_was_not_set_is_null)
{
    int calls = 0;
    const xpay_event event = {.id = "evt_1", .type = "x"};
    xpay_inbox inbox = XPAY_INBOX_INIT;
    xpay_inbox_reply reply;
    inbox.context = &calls;
    inbox.claim = take_without_a_transaction;
    inbox.commit = commit_none;
    inbox.release = scripted_release;
    for (; calls < 2; calls++) /* the first leaves something where the second's would be */
        ck_assert_int_eq(xpay_inbox_handle(&inbox, &event, want_none, &calls, &reply, NULL),
                         XPAY_OK);
}
END_TEST

START_TEST(test_event_that_was_verified_before_is_handled_by_the_same_order)
{
    script s = {.claim = TAKEN};
    xpay_inbox inbox = scripted_inbox(&s);
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, GOOD, BODY, sizeof BODY - 1);
    xpay_event *event;
    ck_assert_int_eq(
        xpay_webhook_construct_event(verifier, BODY, sizeof BODY - 1, header, &event, NULL),
        XPAY_OK);
    xpay_inbox_reply reply;
    ck_assert_int_eq(xpay_inbox_handle(&inbox, event, scripted_handle, &s, &reply, NULL), XPAY_OK);
    ck_assert_int_eq(reply.http_status, 200);
    ck_assert_str_eq(s.steps, "chC");
    ck_assert_str_eq(event->id, "evt_test_1"); /* still the caller's */
    xpay_object_free(event);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/* What was verified is what is handled: a body of another length cannot be it. */
START_TEST(test_body_that_is_not_what_was_streamed_answers_500)
{
    static const struct {
        const char *body;
        size_t length;
        const char *param;
    } cases[] = {
        {BODY, sizeof BODY - 2, "length"},
        {BODY, sizeof BODY, "length"},
        {"", 0, "length"},
        {NULL, sizeof BODY - 1, "body"},
    };
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    script s = {.claim = TAKEN};
    xpay_inbox inbox = scripted_inbox(&s);
    xpay_webhook_stream *stream;
    xpay_inbox_reply reply;
    xpay_error error;
    char header[MAX_HEADER];
    write_header(header, GOOD, BODY, sizeof BODY - 1);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        ck_assert_int_eq(xpay_webhook_stream_begin(verifier, header, &stream, NULL), XPAY_OK);
        ck_assert_int_eq(xpay_webhook_stream_update(stream, BODY, sizeof BODY - 1, NULL), XPAY_OK);
        ck_assert_int_eq(xpay_inbox_process_stream(stream, &inbox, cases[i].body, cases[i].length,
                                                   scripted_handle, &s, &reply, &error),
                         XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, cases[i].param);
        ck_assert_int_eq(reply.http_status, 500);
        ck_assert_int_eq(reply.verdict, XPAY_INBOX_FAILED);
        /* Finished is finished. */
        ck_assert_int_eq(xpay_inbox_process_stream(stream, &inbox, BODY, sizeof BODY - 1,
                                                   scripted_handle, &s, &reply, &error),
                         XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, "stream");
        ck_assert_int_eq(reply.http_status, 500);
        xpay_webhook_stream_free(stream);
    }
    ck_assert_int_eq(xpay_inbox_process_stream(NULL, &inbox, BODY, sizeof BODY - 1, scripted_handle,
                                               &s, &reply, NULL),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(reply.http_status, 500);
    ck_assert_str_eq(s.steps, "");
    xpay_webhook_verifier_free(verifier);
}
END_TEST

Suite *inbox_suite(void)
{
    Suite *suite = suite_create("inbox");
    TCase *tests = tcase_create("order of steps");
    tcase_add_loop_test(tests, test_answer_is_2xx_only_for_what_is_committed, 0,
                        2 * LENGTH(answer_cases));
    tcase_add_test(tests, test_stale_delivery_is_refused_before_it_is_claimed);
    tcase_add_test(tests, test_body_over_the_limit_is_answered_with_413);
    tcase_add_test(tests, test_reply_names_the_secret_for_the_log);
    tcase_add_test(tests, test_reply_names_what_cannot_be_read_as_far_as_it_can);
    tcase_add_test(tests, test_reply_names_the_event_as_it_is_cut_to_its_member_on_one_line);
    tcase_add_test(tests, test_inbox_that_is_not_whole_answers_500);
    tcase_add_test(tests, test_initial_inbox_is_zero_but_for_its_size);
    tcase_add_test(tests, test_transaction_that_was_not_set_is_null);
    tcase_add_test(tests, test_event_that_was_verified_before_is_handled_by_the_same_order);
    tcase_add_test(tests, test_body_that_is_not_what_was_streamed_answers_500);
    suite_add_tcase(suite, tests);
    return suite;
}
