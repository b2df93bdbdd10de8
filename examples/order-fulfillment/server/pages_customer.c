/* The customer's way through the shop: goods, checkout, and the page to come back to. */
#include "ask.h"
#include "checkout.h"
#include "form.h"
#include "page.h"
#include "pages.h"
#include "shop.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char cookie_name[] = "shop_sign_in";

/* The account that the browser is signed in to; false for guests. */
static bool account_of(struct tx *tx, const struct http_request *request, struct account *account)
{
    char token[ID_SIZE];
    http_cookie(request, cookie_name, token);
    *account = (struct account){0};
    return *token && store_account_of_token(tx, token, account);
}

static void busy(const struct http_request *request, struct http_reply *reply)
{
    text_free(&reply->body);
    page_say(request, reply, 503, "One moment", "The shop is busy. Please try again.");
}

static void add_product(void *context, const struct product *product)
{
    struct text *out = context;
    html_addf(out, "<tr><td>%s</td><td class=\"n\">", product->name);
    page_money(out, product->unit_amount, product->currency);
    html_addf(out,
              "</td><td class=\"n dim\">%" PRId64 " left</td><td class=\"n\">"
              "<input name=\"qty_%s\" type=\"number\" min=\"0\" max=\"%" PRId64
              "\" value=\"0\"></td></tr>\n",
              product->stock, product->sku, product->stock);
}

void page_shop(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct account account;
    struct text *out = &reply->body;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        text_free(out);
        page_begin(reply, "What would you like?");
        if (account_of(&tx, request, &account))
            html_addf(out,
                      "<form method=\"post\" action=\"/sign-out\">Signed in as %s%s. "
                      "<button>Sign out</button></form>\n",
                      account.email, *account.customer_id ? "; you have bought here before" : "");
        else
            text_add(out, "<form method=\"post\" action=\"/sign-in\"><input type=\"email\" "
                          "name=\"email\" placeholder=\"you@example.com\" required> "
                          "<button>Sign in</button> <small>or buy as a guest</small></form>\n");
        text_add(out, "<form method=\"post\" action=\"/checkout\"><table>\n");
        store_products(&tx, add_product, out);
        text_add(out, "</table><p><button>Check out</button></p></form>\n");
        page_end(reply);
    }
    if (tx.result != DB_OK)
        busy(request, reply);
}

/* An address in lower case; false when it does not look like one. */
static bool read_email(const char *given, char email[EMAIL_SIZE])
{
    size_t length = given ? strlen(given) : 0;
    const char *at = given ? strchr(given, '@') : NULL;
    if (length >= EMAIL_SIZE || !at || at == given || !at[1] || strchr(at + 1, '@'))
        return false;
    for (size_t i = 0; i <= length; i++) {
        unsigned char byte = (unsigned char)given[i];
        if (i < length && (byte <= ' ' || byte == 0x7f || strchr("<>\"\\,;()[]", byte)))
            return false;
        email[i] = (char)tolower(byte);
    }
    return true;
}

void page_sign_in(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct form form;
    char email[EMAIL_SIZE], token[ID_SIZE];
    if (!form_read(&form, request->body, request->body_length) ||
        !read_email(form_value(&form, "email"), email)) {
        form_free(&form);
        page_say(request, reply, 400, "Sign in", "That is no e-mail address.");
        return;
    }
    form_free(&form);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        store_sign_in(&tx, email, token);
    if (tx.result != DB_OK) {
        busy(request, reply);
        return;
    }
    bool https = strncmp(shop->config.public_url, "https:", 6) == 0;
    text_addf(&reply->cookie, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s", cookie_name, token,
              https ? "; Secure" : "");
    text_add(&reply->location, "/");
    http_see_other(reply);
}

void page_sign_out(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    char token[ID_SIZE];
    http_cookie(request, cookie_name, token);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        store_sign_out(&tx, token);
    if (tx.result != DB_OK) {
        busy(request, reply);
        return;
    }
    text_addf(&reply->cookie, "%s=; Path=/; Max-Age=0", cookie_name);
    text_add(&reply->location, "/");
    http_see_other(reply);
}

static const struct {
    unsigned status;
    const char *sentence;
} refusals[] = {
    [CHECKOUT_SOLD_OUT] = {409, "Not enough of that is left."},
    [CHECKOUT_BAD_CART] = {400, "Please choose something, in one currency."},
    [CHECKOUT_UNKNOWN] = {404, "There is no such thing."},
    [CHECKOUT_TRY_AGAIN] = {503, "The payment could not be started. Nothing was charged."},
    [CHECKOUT_REFUSED] = {502, "This cannot be paid at the moment. Nothing was charged."},
    [CHECKOUT_FAILED] = {500, "Something went wrong on our side. Nothing was charged."},
};

/* To the checkout page, or a word about why not. */
static void send_to_checkout(struct shop *shop, const char *order_id,
                             const struct http_request *request, struct http_reply *reply)
{
    char session_id[ID_SIZE];
    struct text url = {0};
    enum checkout result = checkout_open(shop, order_id, session_id, &url);
    if (result == CHECKOUT_READY && request->wants_json) {
        json_addf(json_begin(reply), "{\"order\":%s,\"session\":%s,\"url\":%s}\n", order_id,
                  session_id, url.bytes);
    } else if (result == CHECKOUT_READY) {
        text_add(&reply->location, url.bytes);
        http_see_other(reply);
    } else if (result == CHECKOUT_OVER) {
        text_addf(&reply->location, "/return?session_id=%s", session_id);
        http_see_other(reply);
    } else if (result == CHECKOUT_TRY_AGAIN && !request->wants_json) {
        reply->status = refusals[result].status;
        page_begin(reply, "Checkout");
        html_addf(&reply->body,
                  "<p>%s</p><form method=\"post\" action=\"/pay\"><input type=\"hidden\" "
                  "name=\"order\" value=\"%s\"><button>Try again</button></form>\n",
                  refusals[result].sentence, order_id);
        page_end(reply);
    } else {
        page_say(request, reply, refusals[result].status, "Checkout", refusals[result].sentence);
    }
    text_free(&url);
}

static bool read_quantity(const char *text, int64_t *quantity)
{
    if (!*text || strlen(text) > 9 || strspn(text, "0123456789") != strlen(text))
        return false;
    *quantity = strtol(text, NULL, 10);
    return true;
}

static size_t read_cart(const struct form *form, struct cart_item items[LINES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < form->count && count < LINES_MAX; i++) {
        int64_t quantity;
        if (strncmp(form->fields[i].name, "qty_", 4) != 0)
            continue;
        if (!read_quantity(form->fields[i].value, &quantity))
            return 0;
        if (quantity > 0)
            items[count++] = (struct cart_item){form->fields[i].name + 4, quantity};
    }
    return count;
}

void page_checkout(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct form form;
    struct cart_item items[LINES_MAX];
    struct account account;
    char order_id[ID_SIZE];
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        account_of(&tx, request, &account);
    if (tx.result != DB_OK) {
        busy(request, reply);
        return;
    }
    enum checkout result = CHECKOUT_BAD_CART;
    if (form_read(&form, request->body, request->body_length))
        result = checkout_place(shop, account.id, items, read_cart(&form, items), order_id);
    form_free(&form);
    if (result == CHECKOUT_READY)
        send_to_checkout(shop, order_id, request, reply);
    else
        page_say(request, reply, refusals[result].status, "Checkout", refusals[result].sentence);
}

void page_pay(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct form form;
    const char *order = NULL;
    if (form_read(&form, request->body, request->body_length))
        order = form_value(&form, "order");
    if (order && id_is_plain(order))
        send_to_checkout(context, order, request, reply);
    else
        page_say(request, reply, 404, "Checkout", "There is no such order.");
    form_free(&form);
}

static const struct {
    const char *state, *title, *sentence;
} endings[] = {
    {"open", "Not paid yet", "We have not heard of your payment yet. This page may be reloaded."},
    {"awaiting", "Almost there", "Please pay your reference; then we send your goods."},
    {"fulfilled", "Thank you!", "Your payment is here, and your goods are on their way."},
    {"released", "Not paid", "This order was not paid in time. You may still pay it."},
    {"review", "Thank you!", "Someone of us will look at your order and write to you."},
};

static void show_ending(const struct order *order, struct http_reply *reply)
{
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (!store_order_is(order, endings[i].state))
            continue;
        page_begin(reply, endings[i].title);
        html_addf(&reply->body, "<p>%s</p>\n", endings[i].sentence);
    }
    html_addf(&reply->body, "<p class=\"dim\">Order <code>%s</code>, ", order->id);
    page_money(&reply->body, order->subtotal, order->currency);
    text_add(&reply->body, "</p>\n");
    if (store_order_is(order, "awaiting") && *order->voucher)
        html_addf(&reply->body, "<p>Your reference: <b>%s</b></p>\n", order->voucher);
    if (store_order_is(order, "open") || store_order_is(order, "released"))
        html_addf(&reply->body,
                  "<form method=\"post\" action=\"/pay\"><input type=\"hidden\" name=\"order\" "
                  "value=\"%s\"><button>Pay now</button></form>\n",
                  order->id);
    page_end(reply);
}

void page_return(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct order order;
    const char *session_id = http_query(request, "session_id");
    if (!session_id || !id_is_plain(session_id)) {
        page_say(request, reply, 404, "Order", "There is no such order.");
        return;
    }
    for (int look = 0; look < 2; look++) {
        bool found = false;
        struct tx tx = {.db = shop->db};
        while (tx_attempt(&tx))
            found = store_order_of_session(&tx, session_id, &order);
        if (tx.result != DB_OK) {
            busy(request, reply);
            return;
        }
        bool waiting =
            found && (store_order_is(&order, "open") || store_order_is(&order, "awaiting"));
        if (look == 1 || (found && !waiting)) {
            if (!found)
                page_say(request, reply, 404, "Order", "There is no such order.");
            else if (request->wants_json)
                json_addf(json_begin(reply), "{\"order\":%s,\"state\":%s}\n", order.id,
                          order.state);
            else
                show_ending(&order, reply);
            return;
        }
        /* Being here proves nothing. The webhook may be late, or lost: XPay knows. */
        if (found)
            ask_about_order(shop, order.id, 1000);
        else
            ask_about_session(shop, session_id, NULL);
    }
}
