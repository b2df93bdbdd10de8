#include "look_up.h"

#include <string.h>

#include <xpay/refund.h>

#include "../model/refund_request.h"

#define PAGE_SIZE 100

/* How much XPay's clock and ours may differ beyond what its answer tells. */
#define TOLERANCE_MS 5000

/* Whether a refund can be the one that was asked for, from `since_ms` to `until_ms` of XPay's clock. */
static bool can_be(const xpay_refund *refund, const xpay_refund_request *request, int64_t since_ms,
                   int64_t until_ms)
{
    return refund->charge_id != NULL && strcmp(refund->charge_id, request->charge_id) == 0 &&
           (!request->has_amount || refund->amount == request->amount) &&
           refund->created_at >= since_ms - TOLERANCE_MS &&
           refund->created_at <= until_ms + TOLERANCE_MS;
}

static bool contradicts(const char *told, const char *asked)
{
    return told != NULL && strcmp(told, asked == NULL ? "" : asked) != 0;
}

/* Whether nothing speaks against it. XPay need not give back all that it was told. */
static bool is_surely(const xpay_refund *refund, const xpay_refund_request *request)
{
    return request->has_amount && /* all that remained: any amount would do */
           (refund->reason == XPAY_REFUND_REASON_UNKNOWN || refund->reason == request->reason) &&
           !contradicts(refund->description, request->description) &&
           !contradicts(refund->instructions_email, request->instructions_email);
}

/* How many refunds of a page can be it; *found is the last of them. */
static size_t count_candidates(const xpay_refund_page *page, const xpay_refund_request *request,
                               const xpay_intent *intent, const xpay_refund **found)
{
    const xpay_response *response = xpay_object_response(page);
    int64_t skew_ms = response->has_clock_skew ? response->clock_skew_ms : 0;
    size_t count = 0;
    for (size_t i = 0; i < page->data_count; i++)
        if (can_be(page->data[i], request, intent->created_ms + skew_ms,
                   intent->not_after_ms + skew_ms)) {
            *found = page->data[i];
            count++;
        }
    return count;
}

static void look_up_refund(xpay_client *client, const xpay_refund_request *request,
                           const xpay_intent *intent, bool twin, bool refused,
                           const xpay_request_options *options, xpay_resolution *resolution,
                           xpay_error *error)
{
    xpay_refund_list_params params = XPAY_REFUND_LIST_PARAMS_INIT;
    xpay_refund_page *page;
    xpay_refund *refund = NULL;
    const xpay_refund *found = NULL;
    params.charge_id = request->charge_id;
    params.has_limit = true;
    params.limit = PAGE_SIZE;
    resolution->verdict = XPAY_RESOLUTION_STILL_OPEN;
    if (xpay_refund_list(client, &params, options, &page, error) != XPAY_OK)
        return;
    size_t count = count_candidates(page, request, intent, &found);
    if (page->data_count >= PAGE_SIZE || count > 1) {
        resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    } else if (count == 0) {
        resolution->verdict =
            refused && !twin ? XPAY_RESOLUTION_REFUSED : XPAY_RESOLUTION_ASK_A_PERSON;
    } else if (xpay_refund_retrieve(client, found->id, options, &refund, error) == XPAY_OK) {
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
