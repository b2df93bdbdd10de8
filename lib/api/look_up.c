#include "look_up.h"

#include <string.h>

#include <xpay/refund.h>

#include "../model/refund_request.h"
#include "../net/client.h"

#define PAGE_SIZE 100

/* How much XPay's clock and ours may differ beyond what its answer tells. */
#define TOLERANCE_MS 5000

/* How much the clock of the machine that recorded may have differed: it may have been set since, or be another one. */
#define CLOCK_WAS_OFF_MS (INT64_C(24) * 60 * 60 * 1000)

/* A list may show what was made a little later than it was made. */
#define LISTS_LAG_MS (INT64_C(10) * 60 * 1000)

/* What a list of refunds tells of one that was asked for. */
typedef struct sighting {
    const xpay_refund *found; /* the last of those that can be it */
    size_t count;             /* how many can be it */
    bool excluded;            /* none can be it, even if clocks were wrong when it was asked for */
} sighting;

/* Whether a refund is of the charge and the amount. One that does not tell its charge was listed as the charge's. */
static bool has_kind(const xpay_refund *refund, const xpay_refund_request *request)
{
    return (refund->charge_id == NULL || strcmp(refund->charge_id, request->charge_id) == 0) &&
           (!request->has_amount || refund->amount == request->amount);
}

/* Whether it was made from `since_ms` to `until_ms` of XPay's clock. When it does not tell, it may have been. */
static bool is_in_time(const xpay_refund *refund, int64_t since_ms, int64_t until_ms)
{
    return refund->created_at == 0 || (refund->created_at >= since_ms - TOLERANCE_MS &&
                                       refund->created_at <= until_ms + TOLERANCE_MS);
}

static bool contradicts(const char *told, const char *asked)
{
    return told != NULL && strcmp(told, asked == NULL ? "" : asked) != 0;
}

/* Whether nothing speaks against it. XPay need not give back all that it was told. */
static bool is_surely(const xpay_refund *refund, const xpay_refund_request *request)
{
    return request->has_amount && /* all that remained: any amount would do */
           refund->charge_id != NULL && refund->created_at != 0 &&
           (refund->reason == XPAY_REFUND_REASON_UNKNOWN || refund->reason == request->reason) &&
           !contradicts(refund->description, request->description) &&
           !contradicts(refund->instructions_email, request->instructions_email);
}

static sighting look_through(const xpay_refund_page *page, const xpay_refund_request *request,
                             const xpay_intent *intent)
{
    const xpay_response *response = xpay_object_response(page);
    int64_t skew_ms = response->has_clock_skew ? response->clock_skew_ms : 0;
    /* The intent's times may be by XPay's clock or by ours. */
    int64_t since_ms = intent->created_ms + (skew_ms < 0 ? skew_ms : 0);
    int64_t until_ms = intent->not_after_ms + (skew_ms > 0 ? skew_ms : 0);
    sighting seen = {NULL, 0, true};
    for (size_t i = 0; i < page->data_count; i++) {
        const xpay_refund *refund = page->data[i];
        if (!has_kind(refund, request))
            continue;
        if (is_in_time(refund, since_ms, until_ms)) {
            seen.found = refund;
            seen.count++;
        }
        if (is_in_time(refund, since_ms - CLOCK_WAS_OFF_MS, INT64_MAX - TOLERANCE_MS))
            seen.excluded = false;
    }
    return seen;
}

static void look_up_refund(xpay_client *client, const xpay_refund_request *request,
                           const xpay_intent *intent, bool twin, bool refused,
                           const xpay_request_options *options, xpay_resolution *resolution,
                           xpay_error *error)
{
    xpay_refund_list_params params = XPAY_REFUND_LIST_PARAMS_INIT;
    xpay_refund_page *page;
    xpay_refund *refund = NULL;
    params.charge_id = request->charge_id;
    params.has_limit = true;
    params.limit = PAGE_SIZE;
    resolution->verdict = XPAY_RESOLUTION_STILL_OPEN;
    if (xpay_refund_list(client, &params, options, &page, error) != XPAY_OK)
        return;
    const sighting seen = look_through(page, request, intent);
    if (page->data_count >= PAGE_SIZE || seen.count > 1) {
        resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    } else if (seen.count == 0 && refused && !twin && seen.excluded) {
        bool listed = xpay_client_latest_ms(client) - intent->created_ms > LISTS_LAG_MS;
        resolution->verdict = listed ? XPAY_RESOLUTION_REFUSED : XPAY_RESOLUTION_STILL_OPEN;
    } else if (seen.count == 0) {
        resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    } else if (xpay_refund_retrieve(client, seen.found->id, options, &refund, error) == XPAY_OK) {
        resolution->verdict = is_surely(refund, request) && !twin ? XPAY_RESOLUTION_DONE
                                                                  : XPAY_RESOLUTION_ASK_A_PERSON;
        resolution->object = refund;
    }
    xpay_object_free(page);
}

void xpay_look_up(xpay_client *client, const xpay_intent *intent, bool twin, bool refused,
                  const xpay_request_options *options, xpay_resolution *resolution,
                  xpay_error *error)
{
    xpay_refund_request *request = NULL;
    resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    if (strcmp(intent->operation, "refund_create") == 0 &&
        xpay_refund_request_read(intent->body, &request, error) == XPAY_OK &&
        request->charge_id != NULL)
        look_up_refund(client, request, intent, twin, refused, options, resolution, error);
    xpay_object_free(request);
}
