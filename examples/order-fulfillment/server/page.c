/* The frame of every page. */
#include "page.h"

#include <xpay/money.h>

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;color:#1c2128;margin:0 auto;max-width:60rem;"
    "padding:1.5rem}"
    "nav{display:flex;gap:1rem;align-items:baseline;border-bottom:1px solid #d4d9df;"
    "padding-bottom:.75rem;margin-bottom:1.5rem}nav b{margin-right:auto}"
    "a{color:#0b5cad}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #e6e9ed;"
    "vertical-align:top}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "input{font:inherit;padding:.3rem .5rem;width:5rem}input[type=email]{width:16rem}"
    "button{font:inherit;padding:.35rem .9rem;border:0;border-radius:.3rem;background:#0b5cad;"
    "color:#fff;cursor:pointer}form{margin:1rem 0}small,.dim{color:#5c6670}"
    "code{font-size:.9em;overflow-wrap:anywhere}";

void page_begin(struct http_reply *reply, const char *title)
{
    struct text *out = &reply->body;
    html_addf(out,
              "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
              "<title>%s</title><style>",
              title);
    text_add(out, style);
    text_add(out, "</style></head><body>\n<nav><b>The small shop</b><a href=\"/\">Shop</a>"
                  "<a href=\"/orders\">Staff</a></nav>\n");
    html_addf(out, "<h1>%s</h1>\n", title);
}

void page_end(struct http_reply *reply)
{
    text_add(&reply->body, "</body></html>\n");
}

struct text *json_begin(struct http_reply *reply)
{
    reply->type = "application/json";
    return &reply->body;
}

void page_say(const struct http_request *request, struct http_reply *reply, unsigned status,
              const char *title, const char *sentence)
{
    reply->status = status;
    if (request->wants_json) {
        json_addf(json_begin(reply), "{\"error\":%s}\n", sentence);
        return;
    }
    page_begin(reply, title);
    html_addf(&reply->body, "<p>%s</p>\n", sentence);
    page_end(reply);
}

void page_money(struct text *text, int64_t amount, const char *currency)
{
    char written[XPAY_MONEY_TEXT_SIZE];
    if (xpay_money_format(amount, xpay_currency_from_code(currency), written, sizeof written) !=
        XPAY_OK)
        written[0] = '\0';
    html_addf(text, "%s", written);
}
