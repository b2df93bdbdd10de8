/* Plain pages, everything escaped, readable without a style sheet of any size. */
#include "page_html.h"
#include "json.h"
#include "payments.h"
#include "sessions.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void open_page(struct text *page, const char *title)
{
    text_add(page, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    text_add_html(page, title);
    text_add(page,
             "</title><style>body{font-family:system-ui,sans-serif;max-width:40rem;"
             "margin:2rem auto;padding:0 1rem}table{width:100%;border-collapse:collapse}"
             "td,th{text-align:left;padding:.3rem;border-bottom:1px solid #ddd}"
             "td:last-child,th:last-child{text-align:right}fieldset{margin:1rem 0}"
             "label{display:block;margin:.4rem 0}.notice{background:#fee;padding:.6rem}"
             "</style></head>\n<body><p><em>xpay-sandbox: no real money moves here.</em></p><h1>");
    text_add_html(page, title);
    text_add(page, "</h1>\n");
}

static char *close_page(struct text *page)
{
    text_add(page, "</body></html>\n");
    return text_take(page);
}

static void add_notice(struct text *page, const char *notice)
{
    if (!notice)
        return;
    text_add(page, "<p class=\"notice\" role=\"alert\">");
    text_add_html(page, notice);
    text_add(page, "</p>\n");
}

void text_add_amount(struct text *text, int64_t amount, const struct currency *currency)
{
    int64_t unit = 1;
    for (int i = 0; i < currency->exponent; i++)
        unit *= 10;
    text_addf(text, "%" PRId64 ".%0*" PRId64 " %s", amount / unit, currency->exponent,
              amount % unit, currency->code);
}

static void add_cost(struct text *page, const char *label, int64_t amount,
                     const struct currency *currency)
{
    text_add(page, "<tr><td>");
    text_add_html(page, label);
    text_add(page, "</td><td></td><td>");
    text_add_amount(page, amount, currency);
    text_add(page, "</td></tr>\n");
}

static void add_lines(struct text *page, const struct session *session)
{
    const struct amounts *priced = &session->priced;
    text_add(page, "<table><tr><th>Item</th><th>Quantity</th><th>Amount</th></tr>\n");
    for (size_t i = 0; i < session->line_count; i++) {
        const struct line *line = &session->lines[i];
        text_add(page, "<tr><td>");
        text_add_html(page, line->description);
        text_addf(page, "</td><td>%" PRId64 "</td><td>", line->quantity);
        text_add_amount(page, line->priced.subtotal, session->currency);
        text_add(page, "</td></tr>\n");
    }
    const struct {
        const char *label;
        int64_t amount;
    } extras[] = {{"Discount", -priced->discount},
                  {"Platform fee", priced->platform_fee},
                  {"VAT", priced->vat}};
    for (size_t i = 0; i < sizeof extras / sizeof extras[0]; i++)
        if (extras[i].amount) {
            bool negative = extras[i].amount < 0;
            add_cost(page, negative ? "Discount, less" : extras[i].label,
                     negative ? -extras[i].amount : extras[i].amount, session->currency);
        }
    add_cost(page, "Total", priced->total, session->currency);
    if (session->currency != currency_processing())
        add_cost(page, "Charged as", session->processed.total, currency_processing());
    text_add(page, "</table>\n");
}

static void add_input(struct text *page, const char *label, const char *name, const char *value,
                      const char *more)
{
    text_add(page, "<label>");
    text_add_html(page, label);
    text_add(page, " <input name=\"");
    text_add_html(page, name);
    text_add(page, "\" value=\"");
    text_add_html(page, value);
    text_addf(page, "\" %s></label>\n", more);
}

static void add_custom_field(struct text *page, const cJSON *field)
{
    char *name = must_format("field.%s", json_text_at(field, "key"));
    const char *label = json_text_at(field, "label");
    const char *type = json_text_at(field, "type");
    const char *required = json_flag_at(field, "isOptional") ? "" : "required";
    if (same_text(type, "DROPDOWN")) {
        text_add(page, "<label>");
        text_add_html(page, label);
        text_add(page, " <select name=\"");
        text_add_html(page, name);
        text_addf(page, "\" %s>", required);
        const cJSON *options = json_list_at(field, "dropdownOptions");
        for (const cJSON *option = options ? options->child : NULL; option; option = option->next) {
            text_add(page, "<option>");
            text_add_html(page, json_text_at(option, "label"));
            text_add(page, "</option>");
        }
        text_add(page, "</select></label>\n");
    } else if (same_text(type, "CHECKBOX")) {
        add_input(page, label, name, "true", "type=\"checkbox\"");
    } else {
        add_input(page, label, name, "", required);
    }
    free(name);
}

static void add_pay_form(struct text *page, const struct session *session)
{
    const struct method *offered[METHODS_MAX];
    size_t count = session_methods(session, offered);
    text_add(page, "<form method=\"post\"><fieldset><legend>Pay</legend>\n");
    add_input(page, "Name", "name", payment_known(session, "name"), "autocomplete=\"name\"");
    add_input(page, "Email", "email", payment_known(session, "email"), "type=\"email\"");
    add_input(page, "Phone", "phone", payment_known(session, "phone"), "type=\"tel\"");
    for (const cJSON *field = session->fields ? session->fields->child : NULL; field;
         field = field->next)
        add_custom_field(page, field);
    add_input(page, "Card", "card", "5123 4500 0000 0008", "inputmode=\"numeric\"");
    add_input(page, "Expiry", "expiry", "01/39", "size=\"5\"");
    add_input(page, "Security code", "cvc", "100", "size=\"4\"");
    text_add(page, "<label>Method <select name=\"method\">");
    for (size_t i = 0; i < count; i++)
        if (!offered[i]->pays_later)
            text_addf(page, "<option value=\"%s\">%s</option>", offered[i]->type, offered[i]->name);
    text_add(page, "</select></label>\n<button name=\"action\" value=\"pay\">Pay</button>\n");
    for (size_t i = 0; i < count; i++)
        if (offered[i]->pays_later)
            text_addf(page,
                      "<button name=\"action\" value=\"reference\">Get a %s reference"
                      "</button>\n",
                      offered[i]->name);
    text_add(page, "</fieldset></form>\n");
}

char *html_checkout(const struct session *session, const char *notice)
{
    struct text page = {0};
    open_page(&page, "Checkout");
    add_notice(&page, notice);
    add_lines(&page, session);
    add_pay_form(&page, session);
    text_add(&page, "<form method=\"post\"><fieldset><legend>Be declined</legend>\n"
                    "<label>Reason <select name=\"code\">");
    for (size_t i = 0; i < decline_count; i++)
        text_addf(&page, "<option>%s</option>", declines[i].decline_code);
    text_add(&page, "</select></label>\n"
                    "<button name=\"action\" value=\"decline\">Decline</button></fieldset></form>\n"
                    "<form method=\"post\"><button name=\"action\" value=\"abandon\">"
                    "Leave without paying</button></form>\n");
    return close_page(&page);
}

char *html_message(const char *title, const char *message, const char *link, const char *label)
{
    struct text page = {0};
    open_page(&page, title);
    text_add(&page, "<p>");
    text_add_html(&page, message);
    text_add(&page, "</p>\n");
    if (link) {
        text_add(&page, "<p><a href=\"");
        text_add_html(&page, link);
        text_add(&page, "\">");
        text_add_html(&page, label);
        text_add(&page, "</a></p>\n");
    }
    return close_page(&page);
}

char *html_voucher(const struct session *session, const char *notice)
{
    struct text page = {0};
    const struct intent *intent = session->intent;
    open_page(&page, "Your reference");
    add_notice(&page, notice);
    text_add(&page, "<p>Pay at any Fawry point with this number: <strong>");
    text_add_html(&page, intent->charges[intent->charge_count - 1]->reference);
    text_add(&page, "</strong></p>\n<form method=\"post\">"
                    "<button name=\"action\" value=\"pay_reference\">Pay it now</button>\n"
                    "<button name=\"action\" value=\"fail_reference\">Let it fail</button>"
                    "</form>\n");
    return close_page(&page);
}
