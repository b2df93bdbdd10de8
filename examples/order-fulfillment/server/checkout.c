/*
 * The order is stored first, then XPay is asked for its session, then the session's id is stored on the order, and
 * only then may the customer go there. Whatever dies in between, the next try asks with the same idempotency key and
 * gets the same session: the key is derived from the order's id and the number of the attempt, and what is asked for
 * is made of the order's own row.
 */
#include "checkout.h"
#include "ask.h"
#include "fulfilment.h"
#include "redirect.h"

#include <stdio.h>
#include <string.h>

/* What a session is asked for with, all of it from the order's row and the settings. */
struct request {
    struct order order;
    struct order_lines lines;
    struct account account; /* empty for guests */
    char key[ID_SIZE];
};

static bool read_request(struct tx *tx, const char *order_id, struct request *request)
{
    if (!store_order_find(tx, order_id, &request->order))
        return false;
    store_order_lines(tx, order_id, &request->lines);
    if (*request->order.account_id)
        store_account_find(tx, request->order.account_id, &request->account);
    if (xpay_idempotency_key_derive("order-fulfillment", "checkout", request->order.id,
                                    (uint32_t)request->order.attempt, request->key,
                                    sizeof request->key) != XPAY_OK)
        tx_fail(tx, DB_FAILED, "no idempotency key");
    return tx->result == DB_OK;
}

static xpay_status ask_for_session(struct shop *shop, const struct request *request,
                                   xpay_checkout_session **session, xpay_error *error)
{
    const struct order *order = &request->order;
    xpay_product_data_params products[LINES_MAX];
    xpay_price_data_params prices[LINES_MAX];
    xpay_line_item_params lines[LINES_MAX];
    for (size_t i = 0; i < request->lines.count; i++) {
        const struct order_line *line = &request->lines.lines[i];
        products[i] = (xpay_product_data_params)XPAY_PRODUCT_DATA_PARAMS_INIT;
        products[i].name = line->name;
        prices[i] = (xpay_price_data_params)XPAY_PRICE_DATA_PARAMS_INIT;
        prices[i].currency = xpay_currency_from_code(order->currency);
        prices[i].has_unit_amount = true;
        prices[i].unit_amount = line->unit_amount;
        prices[i].product_data = &products[i];
        lines[i] = (xpay_line_item_params)XPAY_LINE_ITEM_PARAMS_INIT;
        lines[i].price_data = &prices[i];
        lines[i].quantity = line->quantity;
    }

    char return_url[640], cancel_url[640];
    snprintf(return_url, sizeof return_url, "%s/return?session_id={CHECKOUT_SESSION_ID}",
             shop->config.public_url);
    snprintf(cancel_url, sizeof cancel_url, "%s/", shop->config.public_url);
    xpay_after_completion_redirect_params redirect = XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT;
    redirect.url = return_url;
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    after.type = XPAY_AFTER_COMPLETION_TYPE_REDIRECT;
    after.redirect = &redirect;

    xpay_customer_details_params details = XPAY_CUSTOMER_DETAILS_PARAMS_INIT;
    details.email = request->account.email;
    const xpay_text_pair metadata[] = {{"order_id", order->id}};

    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    params.after_completion = &after;
    params.cancel_url = cancel_url;
    params.line_items = lines;
    params.line_items_count = request->lines.count;
    params.metadata = metadata;
    params.metadata_count = 1;
    params.has_expires_after_minutes = true;
    params.expires_after_minutes = shop->config.session_minutes;
    if (*order->asked_customer_id) { /* signed in, and here before */
        params.customer_id = order->asked_customer_id;
    } else if (*request->account.email) { /* signed in, for the first time */
        params.customer_details = &details;
        params.customer_creation = XPAY_CUSTOMER_CREATION_ALWAYS;
    } else { /* a guest: XPay keeps no customer that we should know */
        params.customer_creation = XPAY_CUSTOMER_CREATION_IF_REQUIRED;
    }

    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.idempotency_key = request->key;
    options.order_reference = order->id;
    return xpay_checkout_session_create(shop->client, &params, &options, session, error);
}

/* The key belongs to another request: perhaps the shop's URL has changed since. What came of that
 * one nobody was sent to, so nobody can pay it. */
static bool is_key_taken(const xpay_error *error)
{
    return error->status == XPAY_ERROR_IDEMPOTENCY && error->next_step != XPAY_NEXT_SAME_KEY;
}

/* XPay said no: the next try is another operation, unless another server has got the session meanwhile. `anew`: it may
 * be made at once. */
static enum checkout take_refusal(struct shop *shop, const struct order *order,
                                  const xpay_error *error, bool *anew)
{
    bool stale_customer = *order->asked_customer_id && error->status == XPAY_ERROR_NOT_FOUND &&
                          strcmp(error->param, "customerId") == 0;
    bool open = false;
    *anew = stale_customer || is_key_taken(error);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        struct order now;
        open = store_order_find(&tx, order->id, &now) && now.attempt == order->attempt &&
               !*now.checkout_session_id;
        if (!open)
            continue;
        if (stale_customer)
            store_account_forget_customer(&tx, order->account_id);
        if (*anew) {
            store_order_next_attempt(&tx, order->id, stale_customer ? "" : order->asked_customer_id,
                                     ask_first_at(shop));
        } else {
            store_order_set_state(&tx, order->id, "released");
            store_order_return_stock(&tx, order->id);
            store_order_never_ask(&tx, order->id);
        }
    }
    *anew = *anew && open;
    if (tx.result != DB_OK)
        return CHECKOUT_FAILED;
    return *anew || !open ? CHECKOUT_TRY_AGAIN : CHECKOUT_REFUSED;
}

/* A call for a session failed: whether asking for the same again is of no use. */
static bool is_refused(const xpay_error *error)
{
    if (error->next_step == XPAY_NEXT_SAME_KEY)
        return false;
    switch (error->status) {
    case XPAY_ERROR_AUTHENTICATION:
    case XPAY_ERROR_PERMISSION:
    case XPAY_ERROR_RATE_LIMIT: return false; /* for who asked, and how often */
    case XPAY_ERROR_IDEMPOTENCY: return is_key_taken(error);
    default: break;
    }
    bool nothing =
        error->outcome == XPAY_OUTCOME_NOT_SENT || error->outcome == XPAY_OUTCOME_REJECTED;
    /* XPay would not say that, had it made the session in an earlier call. */
    bool by_xpay = error->http_status >= 400 && error->http_status < 500 && *error->type;
    return by_xpay || nothing;
}

static enum checkout create_session(struct shop *shop, const struct request *request,
                                    char session_id[ID_SIZE], struct text *url, bool *anew)
{
    xpay_error error;
    xpay_checkout_session *session;
    const struct order *order = &request->order;
    struct tx after = {.db = shop->db};
    if (ask_for_session(shop, request, &session, &error) != XPAY_OK) {
        shop_log_error(order->id, &error);
        return is_refused(&error) ? take_refusal(shop, order, &error, anew) : CHECKOUT_TRY_AGAIN;
    }
    enum checkout result = CHECKOUT_FAILED;
    if (!id_fits(session->id) || !redirect_is_page(session->url, shop->config.base_url)) {
        log_line("%s: its session has no usable id or url", order->id);
        goto done;
    }
    struct order now;
    bool stored = false;
    while (tx_attempt(&after)) {
        store_order_set_session(&after, order->id, order->attempt, session->id);
        /* Two tries may have run side by side: they got the same session, and one stored it. */
        stored = store_order_find(&after, order->id, &now) && store_order_is(&now, "open") &&
                 strcmp(now.checkout_session_id, session->id) == 0;
    }
    if (after.result != DB_OK || !stored)
        goto done;
    memcpy(session_id, session->id, strlen(session->id) + 1);
    text_add(url, session->url);
    result = url->failed ? CHECKOUT_FAILED : CHECKOUT_READY;

done:
    xpay_object_free(session);
    return result;
}

/* The order has a session: the customer may go on with it as long as it is open. */
static enum checkout find_session(struct shop *shop, const struct order *order,
                                  char session_id[ID_SIZE], struct text *url)
{
    xpay_error error;
    xpay_checkout_session *session;
    int64_t asked = now_ms();
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.timeout_ms = ASK_TIMEOUT_MS;
    xpay_status status = xpay_checkout_session_retrieve(shop->client, order->checkout_session_id,
                                                        &options, &session, &error);
    if (status != XPAY_OK) {
        shop_log_error(order->id, &error);
        return CHECKOUT_TRY_AGAIN;
    }
    enum checkout result = CHECKOUT_OVER;
    memcpy(session_id, order->checkout_session_id, ID_SIZE);
    if (session->status == XPAY_CHECKOUT_SESSION_STATUS_OPEN && !session->is_expired &&
        redirect_is_page(session->url, shop->config.base_url)) {
        text_add(url, session->url);
        result = url->failed ? CHECKOUT_FAILED : CHECKOUT_READY;
    } else {
        fulfilment_apply(shop, session, asked);
    }
    xpay_object_free(session);
    return result;
}

/* A released order is wanted after all: its goods are taken again, its old session is superseded. */
static enum checkout take_up(struct shop *shop, struct tx *tx, struct order *order)
{
    struct account account = {0};
    if (!store_order_take_stock(tx, order->id))
        return CHECKOUT_SOLD_OUT;
    if (*order->account_id)
        store_account_find(tx, order->account_id, &account);
    store_order_next_attempt(tx, order->id, account.customer_id, ask_first_at(shop));
    store_order_set_state(tx, order->id, "open");
    return CHECKOUT_READY;
}

enum checkout checkout_open(struct shop *shop, const char *order_id, char session_id[ID_SIZE],
                            struct text *url)
{
    struct request request = {0};
    session_id[0] = '\0';
    for (int tries = 0; tries < 2; tries++) {
        enum checkout result = CHECKOUT_READY;
        struct tx tx = {.db = shop->db};
        while (tx_attempt(&tx)) {
            request = (struct request){0};
            result = read_request(&tx, order_id, &request) ? CHECKOUT_READY : CHECKOUT_UNKNOWN;
            if (result == CHECKOUT_READY && store_order_is(&request.order, "released")) {
                result = take_up(shop, &tx, &request.order);
                read_request(&tx, order_id, &request);
            }
            if (result != CHECKOUT_READY)
                tx_abandon(&tx);
        }
        if (tx.result != DB_OK)
            return CHECKOUT_TRY_AGAIN;
        if (result != CHECKOUT_READY)
            return result;
        memcpy(session_id, request.order.checkout_session_id, ID_SIZE);
        if (!store_order_is(&request.order, "open"))
            return CHECKOUT_OVER;
        if (*request.order.checkout_session_id)
            return find_session(shop, &request.order, session_id, url);
        bool anew = false;
        result = create_session(shop, &request, session_id, url, &anew);
        if (!anew)
            return result;
    }
    return CHECKOUT_TRY_AGAIN;
}
