#include "answers.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/decode.h"

char *json_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *json = malloc(size);
    ck_assert_ptr_nonnull(json);
    for (size_t i = 0; i < size; i++)
        json[i] = text[i] == '\'' ? '"' : text[i];
    return json;
}

xpay_status decode_as(const char *type, const char *text, void **object, xpay_error *error)
{
    char *json = json_of(text);
    xpay_status status =
        xpay_decode(xpay_type_by_name(type), json, strlen(json), NULL, object, error);
    free(json);
    return status;
}

void *decoded(const char *type, const char *text)
{
    void *object;
    xpay_error error;
    ck_assert_msg(decode_as(type, text, &object, &error) == XPAY_OK, "%s: %s", error.param,
                  error.message);
    return object;
}

/* A format filled in, in memory of its own. */
__attribute__((format(printf, 1, 2))) static char *filled(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = malloc((size_t)length + 1);
    ck_assert_ptr_nonnull(text);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

char *replaced(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);
    ck_assert_msg(place != NULL, "%s is not there", from);
    return filled("%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
}

/* The two graphs, from the leaves up. Each of these releases the pieces that it is given. */

#define ADDRESS                                                                           \
    "{'line1':'12 El Tahrir Sq','line2':null,'city':'Cairo','state':null,'country':'EG'," \
    "'postalCode':'11511'}"

static char *transaction(const char *type, const char *source, int amount, int fee)
{
    return filled(
        "{'object':'balance_transaction','id':'txn_%s','amount':%d,"
        "'availableOn':'2026-05-03T00:00:00.000Z','createdAt':'2026-05-01T10:01:00.000Z',"
        "'currency':'EGP','description':null,'fee':%d,'net':%d,'feeDetails':[{'amount':%d,"
        "'currency':'EGP','description':'XPay fee','type':'xpay_fee','application':null}],"
        "'status':'AVAILABLE','type':'%s','reportingCategory':'charge','exchangeRate':null,"
        "'source':'%s','payoutBatch':{'id':'pb_1','object':'payout_batch','amount':500000,"
        "'currency':'EGP','status':'paid','arrivalDate':'2026-05-04',"
        "'createdAt':'2026-05-03T00:00:00.000Z','updatedAt':'2026-05-04T00:00:00.000Z'},"
        "'paymentIntentId':'pi_1','merchantId':'mer_1'}",
        source, amount, fee, amount - fee, fee, type, source);
}

/* `amount` is JSON, since XPay also writes it as text. `row` is NULL in the contract's shape. */
static char *refund(const char *id, const char *amount, const char *created_at, char *row)
{
    char *text = filled(
        "{'object':'refund','id':'%s','amount':%s,'chargeId':'ch_2','paymentIntentId':'pi_1',"
        "'balanceTransactionId':'txn_%s','failureBalanceTransactionId':null,"
        "'externalRefundId':'ext_1','createdAt':'%s','currency':'EGP','status':'SUCCEEDED',"
        "'reason':'REQUESTED_BY_CUSTOMER','failureReason':null,'failureCode':null,"
        "'failureMessage':null,'pendingReason':null,'description':'cold coffee',"
        "'destinationDetails':{'type':'card','card':{'reference':'74537604221431003881865',"
        "'referenceStatus':'available','referenceType':'acquirer_reference_number',"
        "'type':'refund'}},'instructionsEmail':null,'receiptNumber':'1234-5678',"
        "'feeAmount':0%s%s}",
        id, amount, id, created_at,
        row == NULL ? "" : ",'balanceTransaction':", row == NULL ? "" : row);
    free(row);
    return text;
}

/* `refunds` is the list with its name, "" where the shape has none. */
static char *charge(const char *id, const char *status, int captured, char *row, char *refunds)
{
    char *text = filled(
        "{'object':'charge','id':'%s','amount':149900,'amountCaptured':%d,'amountRefunded':%d,"
        "'currency':'EGP','createdAt':'2026-05-01T10:00:30.000Z','status':'%s','paid':%s,"
        "'refunded':false,'captured':%s,'capturedAt':null,'failureCode':null,"
        "'failureMessage':null,'receiptUrl':'https://pay.example/r/1','receiptEmail':null,"
        "'billingDetails':{'address':" ADDRESS ",'email':'mona@example.com','name':'Mona',"
        "'phone':null},'paymentMethodDetails':{'type':'card','card':{'brand':'visa',"
        "'country':'EG','expMonth':12,'expYear':2030,'funding':'debit','last4':'4242',"
        "'network':null,'fingerprint':'fp_1','threeDSecure':{'authenticationFlow':'challenge',"
        "'electronicCommerceIndicator':'05','exemptionIndicator':null,"
        "'result':'authenticated','resultReason':null,'transactionId':null,"
        "'version':'2.2.0'},'wallet':null},'valu':null,'fawry':null},'outcome':{"
        "'networkStatus':'approved_by_network','reason':null,'riskLevel':'normal',"
        "'riskScore':12.5,'sellerMessage':null,'type':'authorized'},'balanceTransaction':%s,"
        "'presentmentDetails':null%s,'paymentIntentId':'pi_1','paymentMethodId':'pm_1',"
        "'calculatedStatementDescriptor':'SHOP','disputed':false,'externalChargeId':null,"
        "'config':{'vatCollectionEnabled':true,'vatCollectionRate':1400,"
        "'collectedVatAmount':null,'platformFeePassThrough':false,'merchantFeeDeduction':4497},"
        "'geocoding':null,'session':{'browser':'Firefox'},'merchantOrigin':null,"
        "'merchantDomain':null,'processorCapabilities':{'supportsRefund':true,"
        "'supportsPartialRefund':true},'activeHoldId':null,'settlementModel':'aggregated'}",
        id, captured, captured == 0 ? 0 : 15000, status, captured == 0 ? "false" : "true",
        captured == 0 ? "false" : "true", row == NULL ? "null" : row,
        refunds == NULL ? "" : refunds);
    free(row);
    free(refunds);
    return text;
}

static char *intent(char *failed, char *paid, char *refunds)
{
    char *text =
        filled("{'object':'payment_intent','id':'pi_1','checkoutSessionId':'cs_test_1',"
               "'amount':149900,'amountCapturable':0,'amountReceived':149900,'currency':'EGP',"
               "'status':'PARTIALLY_REFUNDED','createdAt':'2026-05-01T10:00:00.000Z',"
               "'updatedAt':'2026-05-01T10:01:00.000Z','clientSecret':'pi_1_secret_" CANARY "',"
               "'captureMethod':'automatic','confirmationMethod':'automatic','description':null,"
               "'receiptEmail':null,'canceledAt':null,'shipping':null,'amountDetails':{"
               "'productAmount':149900,'tax':{'amount':0,'rateBps':1400},'platformFees':null,"
               "'tip':null,'discount':1000},'presentmentDetails':null,'latestCharge':%s,"
               "'charges':[%s,%s]%s,'paymentMethod':null,'customer':null,'nextAction':null,"
               "'metadata':{'order_id':'A-1'},'lastPaymentError':null}",
               paid, failed, paid, refunds == NULL ? "" : refunds);
    free(failed);
    free(paid);
    free(refunds);
    return text;
}

static char *session(char *payment_intent)
{
    char *goods =
        filled("[{'id':'li_1','quantity':2,'price':{'id':'price_1','unitAmount':74950,"
               "'currency':'EGP','type':'ONE_TIME','createdAt':'2026-04-01T08:00:00.000Z',"
               "'active':true,'stock':null,'startDate':null,'expirationDate':null,'product':{"
               "'id':'prod_1','name':'Caf\\u00e9 \\\"cup\\\" \xe2\x98\x95','description':null,"
               "'image':'https:\\/\\/shop.example\\/cup.png','unitLabel':null,'active':true}},"
               "'adjustableQuantity':{'enabled':false,'minimum':null,'maximum':9},"
               "'amountSubtotal':149900,'amountTotal':149900,'currency':'EGP'}],"
               "'customFields':[{'key':'size','label':'Size','type':'DROPDOWN','isOptional':true,"
               "'dropdownOptions':[{'label':'S','value':'s'},{'label':'L','value':'l'}],"
               "'dropdown':{'value':'l'}}],'discounts':[{'id':'di_1','coupon':{'id':'co_1',"
               "'discountType':'percentage','percentOff':10.0,'valid':true,'livemode':false,"
               "'appliesToProductIds':['prod_1','prod_2']},'checkoutSessionId':'cs_test_1',"
               "'start':'2026-05-01T10:00:00.000Z'}]");
    char *text = filled(
        "{'id':'cs_test_1','object':'checkout.session','createdAt':'2026-05-01T10:00:00.000Z',"
        "'updatedAt':'2026-05-01T10:01:00.000Z','mode':'payment','uiMode':'hosted',"
        "'submitType':'PAY','customerCreation':'always','status':'complete',"
        "'paymentStatus':'paid','currency':'EGP','amountSubtotal':150900,"
        "'amountTotal':149900,'totalDetails':{'amountDiscount':1000,'amountTax':0,"
        "'amountShipping':0},'presentmentDetails':{'amount':2938,'currency':'USD',"
        "'exchangeRate':51.0200,'exchangeRateId':'exr_1','amountSubtotal':2958,"
        "'amountTotal':2938,'amountDiscount':20},'afterCompletion':{'type':'redirect',"
        "'redirect':{'url':'https://shop.example/done'},'hostedConfirmation':null},"
        "'cancelUrl':null,'url':'https://checkout.xpay.app/c/cs_test_1',"
        "'clientSecret':'cs_test_1_secret_" CANARY "',"
        "'expiresAt':'2026-05-02T10:00:00.000Z','isExpired':false,'customerId':'cus_1',"
        "'customer':{'id':'cus_1','type':'guest','name':'Mona','email':'mona@example.com',"
        "'phone':null,'address':" ADDRESS ",'metadata':{}},'customerDetails':{'name':'Mona',"
        "'email':'mona@example.com','phone':null,'billingDetails':{'address':" ADDRESS "}},"
        "'paymentIntentId':'pi_1','lineItems':%s,'allowPromotionCodes':true,"
        "'nameCollection':true,'billingAddressCollection':false,"
        "'shippingAddressCollection':false,'phoneNumberCollection':false,'feeConfig':{"
        "'feesPassThrough':false,'vatCollectionEnabled':false,'source':'merchant'},"
        "'locale':'ar','paymentMethodTypes':[{'type':'card','displayName':'Card'},"
        "{'type':'fawry','displayName':'Fawry','minTransactionAmount':'100'}],"
        "'paymentMethodConfigurationId':null,'metadata':{'order_id':'A-1','weight':1.50,"
        "'nested':{'a':[1,2]},'none':null,'caf\\u00e9':'\xd9\x82\xd9\x87\xd9\x88\xd8\xa9',"
        "'tab':'a\\tb'},'merchantId':'mer_1','merchantName':'Shop','merchantLogo':null,"
        "'paymentLinkId':null,'livemode':false,'paymentIntent':%s}",
        goods, payment_intent);
    free(goods);
    free(payment_intent);
    return text;
}

#define OLDER "2026-05-02T09:00:00.000Z"
#define NEWER "2026-05-02T11:30:00.000+02:00"

/* A list with its name from two elements, which it releases. */
static char *refunds(char *first, char *second)
{
    char *text = filled(",'refunds':[%s,%s]", first, second);
    free(first);
    free(second);
    return text;
}

char *contract_session(void)
{
    char *list =
        refunds(refund("re_2", "10000", NEWER, NULL), refund("re_1", "'5000'", OLDER, NULL));
    return session(intent(charge("ch_1", "FAILED", 0, NULL, filled(",'refunds':[]")),
                          charge("ch_2", "PARTIALLY_REFUNDED", 149900,
                                 transaction("CHARGE", "ch_2", 149900, 4497), list),
                          NULL));
}

char *page_session(void)
{
    char *list = refunds(refund("re_1", "5000", OLDER, transaction("REFUND", "re_1", -5000, 0)),
                         refund("re_2", "10000", NEWER, transaction("REFUND", "re_2", -10000, 0)));
    return session(intent(charge("ch_1", "FAILED", 0, NULL, NULL),
                          charge("ch_2", "PARTIALLY_REFUNDED", 149900,
                                 transaction("CHARGE", "ch_2", 149900, 4497), NULL),
                          list));
}
