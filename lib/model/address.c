/* Field tables of <xpay/address.h>. */
#include <xpay/address.h>

#include "model.h"

#define T xpay_address
static const xpay_field address_fields[] = {
    TEXT("city", city, NULLABLE),
    TEXT("country", country, NULLABLE),
    TEXT("line1", line1, NULLABLE),
    TEXT("line2", line2, NULLABLE),
    TEXT("postalCode", postal_code, NULLABLE),
    TEXT("state", state, NULLABLE),
};
XPAY_TYPE(address, "Address AddressResponse CustomerAddress", NULL);
#undef T

#define T xpay_shipping
static const xpay_field shipping_fields[] = {
    OBJECT("address", address, NULLABLE, address),
    TEXT("name", name, NULLABLE),
    TEXT("phone", phone, NULLABLE),
};
XPAY_TYPE(shipping, "Shipping ShippingResponse", NULL);
#undef T

#define T xpay_billing_details
static const xpay_field billing_details_fields[] = {
    OBJECT("address", address, NULLABLE, address),
    TEXT("email", email, NULLABLE),
    TEXT("name", name, NULLABLE),
    TEXT("phone", phone, NULLABLE),
};
XPAY_TYPE(billing_details, "BillingDetails BillingDetailsResponse PaymentMethodSnapshotBilling",
          NULL);
#undef T

#define T xpay_address_params
static const xpay_field address_params_fields[] = {
    P_TEXT("line1", line1, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("line2", line2, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 1),
    P_TEXT("city", city, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_TEXT("state", state, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 3),
    P_TEXT("postalCode", postal_code, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 4),
    P_TEXT("country", country, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 5),
};
XPAY_PARAMS_TYPE(address_params, "CollectAddress CustomerAddress", NULL, 0);
#undef T

#define T xpay_shipping_params
static const xpay_field shipping_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("phone", phone, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 1),
    P_OBJECT("address", address, NULLABLE, address_params, 2),
};
XPAY_PARAMS_TYPE(shipping_params, "CollectShipping", NULL, 0);
#undef T

#define T xpay_billing_details_params
static const xpay_field billing_details_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("email", email, NULLABLE, 0, 0, XPAY_FORMAT_EMAIL, 1),
    P_TEXT("phone", phone, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_OBJECT("address", address, NULLABLE, address_params, 3),
};
XPAY_PARAMS_TYPE(billing_details_params, "CollectBillingDetails", NULL, 0);
#undef T
