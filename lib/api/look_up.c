#include "look_up.h"

#include <string.h>

#include <xpay/refund.h>

#include "../model/refund_request.h"

#define PAGE_SIZE 100

/* How much earlier than the intent, on XPay's clock, its refund may seem to have been made. */
#define TOLERANCE_MS 5000

/* Whether a refund can be the one that was asked for at `since_ms` of XPay's clock. */
static bool fits(const xpay_refund *refund, const xpay_refund_request *request, int64_t since_ms)
{
    return refund->charge_id != NULL && strcmp(refund->charge_id, request->charge_id) == 0 &&
           (!request->has_amount || refund->amount == request->amount) &&
           refund->created_at >= since_ms - TOLERANCE_MS;
}

/* The only refund of a page that fits; NULL when there is none or more than one, or the page is not all. */
static const xpay_refund *only_one(const xpay_refund_page *page, const xpay_refund_request *request,
                                   int64_t created_ms)
{
    const xpay_response *response = xpay_object_response(page);
    int64_t since_ms = created_ms + (response->has_clock_skew ? response->clock_skew_ms : 0);
    const xpay_refund *found = NULL;
    if (page->data_count >= PAGE_SIZE)
        return NULL;
    for (size_t i = 0; i < page->data_count; i++)
        if (fits(page->data[i], request, since_ms)) {
            if (found != NULL)
                return NULL;
            found = page->data[i];
        }
    return found;
}

static void look_up_refund(xpay_client *client, const xpay_refund_request *request,
                           int64_t created_ms, const xpay_request_options *options,
                           xpay_resolution *resolution, xpay_error *error)
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
    const xpay_refund *found = only_one(page, request, created_ms);
    if (found == NULL) {
        resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    } else if (xpay_refund_retrieve(client, found->id, options, &refund, error) == XPAY_OK) {
        resolution->verdict = XPAY_RESOLUTION_DONE;
        resolution->object = refund;
    }
    xpay_object_free(page);
}

void xpay_look_up(xpay_client *client, const xpay_intent *intent,
                  const xpay_request_options *options, xpay_resolution *resolution,
                  xpay_error *error)
{
    xpay_refund_request *request = NULL;
    resolution->verdict = XPAY_RESOLUTION_ASK_A_PERSON;
    if (strcmp(intent->operation, "refund_create") == 0 &&
        xpay_refund_request_read(intent->body, &request, error) == XPAY_OK &&
        request->charge_id != NULL)
        look_up_refund(client, request, intent->created_ms, options, resolution, error);
    xpay_object_free(request);
}
