/* Refunds and ledger rows as the API shows them. A refund names its ledger row (contract), shows
 * it whole (seed), or both. */
#include "graph.h"
#include "clock.h"
#include "json.h"
#include "schema.h"
#include "text.h"

const char *const refund_status_names[REFUND_STATUSES] = {"PENDING", "REQUIRES_ACTION", "SUCCEEDED",
                                                          "FAILED", "CANCELED"};

static const struct schema_exemption shown_beside[] = {
    {"NestedPaymentIntentResponse", "refunds", "RefundResponse", true},
    {"PaymentIntentResponse", "refunds", "RefundResponse", true},
    {"RefundResponse", "balanceTransaction", "BalanceTransactionResponse", false},
    {"ChargeResponse", "refunds", NULL, false},
    {"RefundResponse", "balanceTransactionId", NULL, false},
};

void graph_choose(enum graph graph)
{
    static const size_t used[] = {[GRAPH_CONTRACT] = 0, [GRAPH_BOTH] = 3, [GRAPH_SEED] = 5};
    settings.graph = graph;
    schema_exempt(shown_beside, used[graph]);
}

static void show_batch(cJSON *shown, const struct payout_batch *batch)
{
    if (!batch) {
        json_add_null(shown, "payoutBatch");
        return;
    }
    cJSON *part = json_add_object(shown, "payoutBatch");
    char day[CLOCK_DATE_SIZE];
    clock_date(day, batch->closes);
    json_add_text(part, "id", batch->id);
    json_add_text(part, "object", "payout_batch");
    json_add_int(part, "amount", batch->amount);
    json_add_text(part, "currency", currency_processing()->code);
    json_add_text(part, "status", clock_now() >= batch->closes ? "paid" : "open");
    json_add_text(part, "arrivalDate", day);
    json_add_time(part, "createdAt", batch->created);
    json_add_time(part, "updatedAt", batch->updated);
}

cJSON *show_ledger_row(const struct ledger_row *row)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", row->id);
    json_add_text(shown, "object", "balance_transaction");
    json_add_int(shown, "amount", row->amount);
    json_add_time(shown, "availableOn", row->available);
    json_add_time(shown, "createdAt", row->created);
    json_add_text(shown, "currency", currency_processing()->code);
    json_add_null(shown, "description");
    json_add_int(shown, "fee", fee_total(row->fee));
    json_add_int(shown, "net", row->amount - fee_total(row->fee));
    cJSON *details = json_add_list(shown, "feeDetails");
    if (fee_total(row->fee))
        fee_add_details(details, row->fee);
    json_add_text(shown, "status", clock_now() >= row->available ? "AVAILABLE" : "PENDING");
    json_add_text(shown, "type", row->type);
    json_add_text(shown, "reportingCategory", row->category);
    json_add_digits(shown, "exchangeRate", row->rate);
    json_add_text(shown, "source", row->source);
    show_batch(shown, row->batch);
    json_add_text(shown, "paymentIntentId", row->intent_id);
    json_add_text(shown, "merchantId", merchant_of(row->world)->id);
    return shown;
}

void show_row_or_null(cJSON *shown, const char *name, const struct ledger_row *row)
{
    cJSON_AddItemToObject(shown, name, row ? show_ledger_row(row) : cJSON_CreateNull());
}

static void show_destination(cJSON *shown, const struct refund *refund)
{
    bool card = same_text(refund->charge->method->category, "card");
    bool settled = refund->status == REFUND_SUCCEEDED;
    cJSON *destination = json_add_object(shown, "destinationDetails");
    json_add_text(destination, "type", card ? "card" : "kiosk");
    cJSON *part = json_add_object(destination, card ? "card" : "kiosk");
    json_add_text(part, "reference", refund->external_id);
    if (card) {
        json_add_text(part, "referenceStatus", settled ? "available" : "pending");
        json_add_text(part, "referenceType", "acquirer_reference_number");
        json_add_text(part, "type", settled ? "refund" : "pending");
    } else {
        json_add_text(part, "provider", refund->charge->method->type);
    }
}

static void show_refund_state(cJSON *shown, const struct refund *refund)
{
    bool failed = refund->status == REFUND_FAILED;
    json_add_text(shown, "status", refund_status_names[refund->status]);
    json_add_text(shown, "failureReason", failed ? "declined" : NULL);
    json_add_text(shown, "failureCode", failed ? "refund_declined" : NULL);
    json_add_text(shown, "failureMessage", failed ? "The bank declined the refund." : NULL);
    json_add_text(shown, "pendingReason", refund->status == REFUND_PENDING ? "processing" : NULL);
    if (refund->status == REFUND_REQUIRES_ACTION)
        json_add_text(json_add_object(shown, "nextAction"), "type", "contact_support");
}

cJSON *show_refund(const struct refund *refund)
{
    const struct session *session = refund->charge->intent->session;
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", refund->id);
    json_add_text(shown, "object", "refund");
    json_add_int(shown, "amount", refund->amount);
    json_add_text(shown, "chargeId", refund->charge->id);
    json_add_text(shown, "paymentIntentId", refund->charge->intent->id);
    if (settings.graph != GRAPH_SEED)
        json_add_text(shown, "balanceTransactionId", refund->row ? refund->row->id : NULL);
    if (settings.graph != GRAPH_CONTRACT)
        show_row_or_null(shown, "balanceTransaction", refund->row);
    json_add_text(shown, "failureBalanceTransactionId",
                  refund->reversal ? refund->reversal->id : NULL);
    json_add_text(shown, "externalRefundId", refund->external_id);
    json_add_time(shown, "createdAt", refund->created);
    json_add_text(shown, "currency", currency_processing()->code);
    if (session_has_presentment(session))
        show_presentment(shown, "presentmentDetails", session,
                         refund->amount == refund->charge->amount
                             ? refund->charge->presentment
                             : money_to_presentment(refund->amount, session->currency));
    show_refund_state(shown, refund);
    json_add_text(shown, "reason", refund->reason);
    json_add_text(shown, "description", refund->description);
    json_add_text(shown, "instructionsEmail", refund->instructions_email);
    show_destination(shown, refund);
    json_add_text(shown, "receiptNumber", refund->receipt);
    json_add_int(shown, "feeAmount", fee_total(refund->charge->fee));
    return shown;
}
