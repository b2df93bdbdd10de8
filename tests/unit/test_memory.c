/* When memory runs out: every allocation fails once, and each time it is an ordinary error that leaves nothing behind. */
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "allocation.h"
#include "answers.h"
#include "base/block.h"
#include "base/buffer.h"
#include "delivery.h"
#include "json/decode.h"
#include "json/encode.h"
#include "model/model.h"
#include "suites.h"

/* What an operation works on; made before memory runs out. */
static struct {
    char *json, *event, header[MAX_HEADER];
    size_t json_length, event_length;
    xpay_webhook_verifier *verifier;
    xpay_checkout_session *session;
    xpay_client *client;
    bool consistent; /* a whole result comes with success, nothing without */
} given;

/* Check's own assertions allocate, so what they are to look at is noted while memory is out. */
static void note(bool consistent)
{
    given.consistent = given.consistent && consistent;
}

/* Empty the store of kept blocks, so that what is taken next is allocated. */
static void drop_kept_blocks(void)
{
    for (size_t size = 0; size < 32 * 1024; size += 1024)
        free(xpay_block_take(size));
}

static void prepare(void)
{
    char *text = contract_session();
    char *event = replaced("{'object':'event','id':'evt_1','type':'checkout.session.completed',"
                           "'livemode':'?','data':{'object':@}}",
                           "@", text);
    given.json = json_of(text);
    given.event = json_of(event);
    given.json_length = strlen(given.json);
    given.event_length = strlen(given.event);
    given.verifier = test_verifier(OTHER_SECRET, 0);
    write_header(given.header, "t=<t>,v1=<other>", given.event, given.event_length);
    given.session = decoded("checkout_session", text);
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = "sk_test_1";
    ck_assert_int_eq(xpay_client_new(&options, &given.client, NULL), XPAY_OK);
    free(event);
    free(text);
}

static void clean_up(void)
{
    xpay_object_free(given.session);
    xpay_client_free(given.client);
    xpay_webhook_verifier_free(given.verifier);
    free(given.event);
    free(given.json);
}

static xpay_status decode_session(xpay_error *error)
{
    xpay_response response = {.request_id = "req_1", .idempotency_key = "key-1"};
    void *object = error;
    xpay_status status = xpay_decode(xpay_type_by_name("checkout_session"), given.json,
                                     given.json_length, &response, &object, error);
    const xpay_checkout_session *session = object;
    note(status == XPAY_OK ? session->payment_intent->charges_count == 2 : session == NULL);
    xpay_object_free(object);
    return status;
}

static xpay_status decode_with_faults(xpay_error *error)
{
    static const char json[] =
        "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":1,\"currency\":\"EGP\",\"reason\":7,"
        "\"status\":\"PENDING\",\"createdAt\":\"2026-05-01T12:00:00\\u002b02:00\",\"description\":{"
        "}}";
    void *object = error;
    xpay_status status =
        xpay_decode(xpay_type_by_name("refund"), json, sizeof json - 1, NULL, &object, error);
    note(status == XPAY_OK ? xpay_object_fault_count(object) == 2 : object == NULL);
    xpay_object_free(object);
    return status;
}

static xpay_status construct_event(xpay_error *error)
{
    xpay_event *event = (xpay_event *)error;
    xpay_status status = xpay_webhook_construct_event(
        given.verifier, given.event, given.event_length, given.header, &event, error);
    note(status == XPAY_OK ? strcmp(event->checkout_session->payment_intent->id, "pi_1") == 0 &&
                                 strcmp(event->secret_label, "other") == 0
                           : event == NULL);
    xpay_object_free(event);
    return status;
}

/* A label that no block has room for behind the event: memory runs out when all else is done. */
static xpay_status decode_labelled_event(xpay_error *error)
{
    static char label[4000];
    const xpay_webhook_match match = {.label = label};
    xpay_event *event = (xpay_event *)error;
    memset(label, 'x', sizeof label - 1);
    xpay_status status = xpay_event_decode(given.event, given.event_length, &match, &event, error);
    note(status == XPAY_OK ? strcmp(event->secret_label, label) == 0 : event == NULL);
    xpay_object_free(event);
    return status;
}

static xpay_status add_ledger(xpay_error *error)
{
    xpay_ledger *ledger = (xpay_ledger *)error;
    xpay_status status = xpay_checkout_session_ledger(given.session, &ledger, error);
    note(status == XPAY_OK ? ledger->totals[0]->net == 130403 && ledger->rows_count == 3
                           : ledger == NULL);
    xpay_object_free(ledger);
    return status;
}

static xpay_status print_session(xpay_error *error)
{
    char *text = (char *)error;
    xpay_status status = error->status = xpay_object_print(given.session, &text);
    note(status == XPAY_OK ? strlen(text) > 4000 : text == NULL);
    xpay_text_free(text);
    return status;
}

static xpay_status encode_session(xpay_error *error)
{
    static const char name[] =
        "A long name of a product, so that the buffer has to grow many times "
        "while it is being written, and so on and so on and so on.";
    xpay_text_pair pairs[] = {{"order_id", "A-1"}, {"note", name}};
    xpay_product_data_params product = XPAY_PRODUCT_DATA_PARAMS_INIT;
    xpay_price_data_params price = XPAY_PRICE_DATA_PARAMS_INIT;
    xpay_line_item_params items[40];
    xpay_after_completion_redirect_params redirect = XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT;
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    product.name = name;
    product.metadata_json = "{\"a\":[1,2,3]}";
    price.currency = XPAY_CURRENCY_EGP;
    price.has_unit_amount = true;
    price.unit_amount = 100;
    price.product_data = &product;
    for (size_t i = 0; i < LENGTH(items); i++) {
        items[i] = (xpay_line_item_params)XPAY_LINE_ITEM_PARAMS_INIT;
        items[i].price_data = &price;
        items[i].quantity = 1;
    }
    redirect.url = "https://shop.example/done";
    after.type = XPAY_AFTER_COMPLETION_TYPE_REDIRECT;
    after.redirect = &redirect;
    params.after_completion = &after;
    params.line_items = items;
    params.line_items_count = LENGTH(items);
    params.metadata = pairs;
    params.metadata_count = LENGTH(pairs);
    xpay_buffer body = XPAY_BUFFER_INIT;
    xpay_status status = xpay_encode_json(xpay_type_by_name("checkout_session_create_params"),
                                          &params, &body, error);
    note(status != XPAY_OK || (body.length > 8000 && body.bytes[body.length - 1] == '}'));
    xpay_buffer_free(&body);
    return status;
}

static xpay_status make_verifier(xpay_error *error)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier = (xpay_webhook_verifier *)error;
    options.secret = TEST_SECRET;
    xpay_webhook_secret other = XPAY_WEBHOOK_SECRET_INIT;
    other.secret = OTHER_SECRET;
    options.secrets = &other;
    options.secrets_count = 1;
    xpay_status status = xpay_webhook_verifier_new(&options, &verifier, error);
    note((verifier == NULL) == (status != XPAY_OK));
    xpay_webhook_verifier_free(verifier);
    return status;
}

static xpay_status stream_event(xpay_error *error)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = OTHER_SECRET;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    xpay_webhook_verifier *verifier;
    xpay_webhook_stream *stream = NULL;
    xpay_status status = xpay_webhook_verifier_new(&options, &verifier, error);
    if (status == XPAY_OK) {
        status = xpay_webhook_stream_begin(verifier, given.header, &stream, error);
        note((stream == NULL) == (status != XPAY_OK));
    }
    if (status == XPAY_OK)
        status = xpay_webhook_stream_update(stream, given.event, 10, error);
    if (status == XPAY_OK)
        status =
            xpay_webhook_stream_update(stream, given.event + 10, given.event_length - 10, error);
    if (status == XPAY_OK)
        status = xpay_webhook_stream_finish(stream, NULL, error);
    xpay_webhook_stream_free(stream);
    xpay_webhook_verifier_free(verifier);
    return status;
}

static xpay_status accept(void *context, const xpay_event *event, void *transaction)
{
    ++*(int *)context;
    note(event->checkout_session != NULL && transaction != NULL);
    return XPAY_OK;
}

static xpay_status make_routes(xpay_error *error)
{
    const xpay_event_route table[] = {{"refund.", accept}, {"refund.failed", accept}};
    xpay_event_routes *routes = (xpay_event_routes *)error;
    xpay_status status = xpay_event_routes_new(table, 2, NULL, NULL, &routes, error);
    note((routes == NULL) == (status != XPAY_OK));
    xpay_event_routes_free(routes);
    return status;
}

/* Whatever fails, the answer makes XPay deliver again, unless the handler's work was committed. */
static xpay_status process_event(xpay_error *error)
{
    xpay_inbox *inbox = (xpay_inbox *)error;
    xpay_inbox_reply reply;
    int handled = 0;
    xpay_status status = xpay_inbox_memory_new(NULL, &inbox, error);
    note((inbox == NULL) == (status != XPAY_OK));
    if (status != XPAY_OK)
        return status;
    status = xpay_inbox_process(given.verifier, inbox, given.event, given.event_length,
                                given.header, accept, &handled, &reply, error);
    note(error->status == status && reply.http_status == (status == XPAY_OK ? 200 : 500) &&
         handled == (status == XPAY_OK));
    if (status == XPAY_ERROR_INBOX) /* which is what a claim without memory comes to */
        status = error->status = XPAY_ERROR_MEMORY;
    xpay_inbox_memory_free(inbox);
    return status;
}

static xpay_status process_stream(xpay_error *error)
{
    xpay_webhook_stream *stream;
    xpay_inbox *inbox;
    xpay_inbox_reply reply;
    int handled = 0;
    xpay_status status = xpay_inbox_memory_new(NULL, &inbox, error);
    if (status != XPAY_OK)
        return status;
    status = xpay_webhook_stream_begin(given.verifier, given.header, &stream, error);
    if (status == XPAY_OK)
        status = xpay_webhook_stream_update(stream, given.event, given.event_length, error);
    if (status == XPAY_OK) {
        status = xpay_inbox_process_stream(stream, inbox, given.event, given.event_length, accept,
                                           &handled, &reply, error);
        note(error->status == status && reply.http_status == (status == XPAY_OK ? 200 : 500) &&
             handled == (status == XPAY_OK));
    }
    if (status == XPAY_ERROR_INBOX)
        status = error->status = XPAY_ERROR_MEMORY;
    xpay_webhook_stream_free(stream);
    xpay_inbox_memory_free(inbox);
    return status;
}

static xpay_status sign(xpay_error *error)
{
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_status status = error->status =
        xpay_webhook_sign(TEST_SECRET, TEST_NOW, "x", 1, header, sizeof header);
    note(strlen(header) == (status == XPAY_OK ? 80 : 0));
    return status;
}

static xpay_status copy_part(xpay_error *error)
{
    void *copy = error;
    xpay_status status = error->status = xpay_object_copy(given.session->payment_intent, &copy);
    note((copy == NULL) == (status != XPAY_OK));
    xpay_object_free(copy);
    return status;
}

static xpay_status read_raw(xpay_error *error)
{
    void *raw = error, *session = error;
    xpay_status status =
        xpay_decode(&xpay_type_raw, given.json, given.json_length, NULL, &raw, error);
    note((raw == NULL) == (status != XPAY_OK));
    if (status != XPAY_OK)
        return status;
    status = xpay_raw_read_as(raw, "checkout_session", &session, error);
    note((session == NULL) == (status != XPAY_OK));
    xpay_object_free(raw);
    xpay_object_free(session);
    return status;
}

static xpay_status begin_walk(xpay_error *error)
{
    xpay_customer_list_params params = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    xpay_iterator *each = (xpay_iterator *)error;
    params.search = "mona@shop.example";
    xpay_status status = xpay_customer_iterate(given.client, &params, NULL, &each, error);
    note((each == NULL) == (status != XPAY_OK));
    xpay_iterator_free(each);
    return status;
}

static xpay_status encode_filters(xpay_error *error)
{
    xpay_amount_filter_params amount = XPAY_AMOUNT_FILTER_PARAMS_INIT;
    xpay_payment_link_list_params links = XPAY_PAYMENT_LINK_LIST_PARAMS_INIT;
    amount.comparison = XPAY_AMOUNT_COMPARISON_BT;
    amount.has_amount = true;
    amount.amount = 10;
    amount.has_upper = true;
    amount.upper = 100;
    links.search =
        "a search that is so long that the buffers have to grow while it is written: tea, "
        "coffee, \xd8\xb4\xd8\xa7\xd9\x8a, sugar, milk, honey, cups, pots, spoons, "
        "and whatever else one may want to look for in a catalogue that has it all";
    links.amount = &amount;
    links.timezone = "Africa/Cairo";
    xpay_buffer query = XPAY_BUFFER_INIT;
    xpay_status status =
        xpay_encode_query(xpay_type_by_name("payment_link_list_params"), &links, &query, error);
    note(status != XPAY_OK || strstr(query.bytes, "&amount=bt%3A10%2C100&timezone=Africa%2FCairo"));
    xpay_buffer_free(&query);
    return status;
}

static xpay_status encode_endpoint(xpay_error *error)
{
    static const char *const events[] = {"refund.failed", "charge.refunded"};
    xpay_webhook_endpoint_create_params params = XPAY_WEBHOOK_ENDPOINT_CREATE_PARAMS_INIT;
    params.url = "https://shop.example/hooks";
    params.enabled_events = events;
    params.enabled_events_count = LENGTH(events);
    params.metadata_json = "{\"a\":[1,2,3]}";
    xpay_buffer body = XPAY_BUFFER_INIT;
    xpay_status status = xpay_encode_json(xpay_type_by_name("webhook_endpoint_create_params"),
                                          &params, &body, error);
    note(status != XPAY_OK || strstr(body.bytes, "[\"refund.failed\",\"charge.refunded\"]"));
    xpay_buffer_free(&body);
    return status;
}

static xpay_status explain_account(xpay_error *error)
{
    static const char json[] = "{\"id\":\"mer_1\",\"supportedCurrencies\":[{\"code\":\"EGP\"}]}";
    void *account = NULL;
    char *text = (char *)error;
    xpay_status status =
        xpay_decode(xpay_type_by_name("account"), json, sizeof json - 1, NULL, &account, error);
    if (status == XPAY_OK) {
        status = error->status = xpay_account_explain(account, &text);
        note((text == NULL) == (status != XPAY_OK));
        xpay_text_free(text);
    }
    xpay_object_free(account);
    return status;
}

static const struct operation {
    const char *name;
    xpay_status (*run)(xpay_error *error);
    size_t at_least; /* allocations that it makes */
} operations[] = {
    {"decode", decode_session, 20},
    {"decode with a fault", decode_with_faults, 5},
    {"event", construct_event, 20},
    {"ledger", add_ledger, 2},
    {"print", print_session, 3},
    {"encode", encode_session, 4},
    {"verifier", make_verifier, 5},
    {"sign", sign, 3},
    {"copy", copy_part, 5},
    {"iterate", begin_walk, 3},
    {"filters", encode_filters, 3},
    {"texts", encode_endpoint, 2},
    {"explain", explain_account, 5},
    {"raw", read_raw, 20},
    {"stream", stream_event, 10},
    {"routes", make_routes, 1},
    {"label", decode_labelled_event, 20},
    {"inbox", process_event, 20},
    {"inbox of a stream", process_stream, 20},
};

/* Run with the n-th allocation failing; true when there was no n-th any more. */
static bool survives(const struct operation *o, size_t n, bool and_after)
{
    xpay_error error;
    memset(&error, 0, sizeof error);
    given.consistent = true;
    ck_assert_int_eq(o->run(&error), XPAY_OK); /* what OpenSSL keeps is there afterwards */
    drop_kept_blocks();
    OPENSSL_thread_stop(); /* its errors are allocated, too */
    long before = allocation_live();
    allocation_fail(n, and_after);
    xpay_status status = o->run(&error);
    bool failed = allocation_failed();
    allocation_fail(0, false);
    drop_kept_blocks();
    OPENSSL_thread_stop();
    ck_assert(given.consistent);
    ck_assert_msg(allocation_live() <= before, "%s: %ld pieces left behind by failure %zu", o->name,
                  allocation_live() - before, n);
    if (!failed) {
        ck_assert_int_eq(status, XPAY_OK);
        return true;
    }
    /* A single failure may be one that is done without, such as room that was only meant to suffice. */
    ck_assert_msg(status == XPAY_ERROR_MEMORY || (status == XPAY_OK && !and_after),
                  "%s: %s at failure %zu", o->name, xpay_status_name(status), n);
    ck_assert_int_eq(error.status, status);
    return false;
}

START_TEST(test_every_allocation_may_fail)
{
    const struct operation *o = &operations[_i];
    if (!allocation_can_fail())
        return;
    prepare();
    for (int and_after = 0; and_after <= 1; and_after++) {
        size_t n = 1;
        while (!survives(o, n, and_after))
            n++;
        ck_assert_msg(n > o->at_least, "%s: only %zu allocations were made", o->name, n - 1);
    }
    clean_up();
}
END_TEST

/* With a sanitizer blocks are not kept, and freed memory must not be looked at. */
static bool may_look_at_freed_memory(void)
{
    void *block = xpay_block_take(1);
    xpay_block_give(block, 1);
    void *again = xpay_block_take(1);
    xpay_block_give(again, 1);
    return block == again;
}

START_TEST(test_secrets_are_wiped_when_an_answer_is_freed)
{
    if (!may_look_at_freed_memory())
        return;
    prepare();
    drop_kept_blocks();
    xpay_checkout_session *session = given.session;
    const char *secret = session->client_secret, *intent = session->payment_intent->client_secret;
    const char *json = strstr(xpay_object_json(session, NULL), CANARY);
    ck_assert_ptr_nonnull(json);
    size_t length = strlen(secret);
    xpay_object_free(session); /* its memory is now among the kept blocks */
    given.session = NULL;
    for (size_t i = 0; i < length; i++)
        ck_assert(secret[i] == '\0' && intent[i] == '\0');
    for (size_t i = 0; i < sizeof CANARY - 1; i++)
        ck_assert_int_eq(json[i], '\0');
    clean_up();
}
END_TEST

/* The signing secret of an endpoint comes once: it is there to read, in no print, and in no freed memory. */
START_TEST(test_signing_secret_is_masked_and_wiped)
{
    xpay_webhook_endpoint *endpoint =
        decoded("webhook_endpoint", "{'object':'webhook_endpoint','id':'we_1','status':'enabled',"
                                    "'url':'https://shop.example','secret':'whsec_" CANARY "'}");
    char *text;
    ck_assert_str_eq(endpoint->secret, "whsec_" CANARY);
    ck_assert_int_eq(xpay_object_print(endpoint, &text), XPAY_OK);
    ck_assert_ptr_nonnull(strstr(text, "secret: "));
    ck_assert_ptr_null(strstr(text, CANARY));
    xpay_text_free(text);

    const char *preloaded = getenv("LD_PRELOAD"); /* valgrind's, under valgrind */
    bool may_look =
        may_look_at_freed_memory() && (preloaded == NULL || strstr(preloaded, "vgpreload") == NULL);
    const char *secret = endpoint->secret;
    const char *json = strstr(xpay_object_json(endpoint, NULL), CANARY);
    xpay_object_free(endpoint);
    for (size_t i = 0; may_look && i < sizeof CANARY - 1; i++)
        ck_assert(secret[i] == '\0' && json[i] == '\0');
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("out of memory");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_every_allocation_may_fail, 0, LENGTH(operations));
    tcase_add_test(tests, test_secrets_are_wiped_when_an_answer_is_freed);
    tcase_add_test(tests, test_signing_secret_is_masked_and_wiped);
    suite_add_tcase(suite, tests);
    return suite;
}
