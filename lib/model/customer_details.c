/* Field tables of <xpay/customer_details.h>. */
#include <xpay/customer_details.h>

#include "model.h"

XPAY_ENUM(customer_update, "auto", "never");

#define T xpay_customer_details
static const xpay_field customer_details_fields[] = {
    TEXT("name", name, NULLABLE),
    TEXT("email", email, NULLABLE),
    TEXT("phone", phone, NULLABLE),
    OBJECT("billingDetails", billing_details, NULLABLE, billing_details),
    OBJECT("shipping", shipping, NULLABLE, shipping),
};
XPAY_TYPE(customer_details, "CustomerDetailsResponse", NULL);
#undef T

#define T xpay_customer_update
static const xpay_field customer_update_fields[] = {
    ENUM("address", address, NULLABLE, customer_update),
    ENUM("name", name, NULLABLE, customer_update),
    ENUM("shipping", shipping, NULLABLE, customer_update),
};
XPAY_TYPE(customer_update, "CustomerUpdateResponse", NULL);
#undef T

#define T xpay_customer_details_params
static const xpay_field customer_details_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("email", email, NULLABLE, 0, 0, XPAY_FORMAT_EMAIL, 1),
    P_TEXT("phone", phone, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_OBJECT("billingDetails", billing_details, NULLABLE, billing_details_params, 3),
    P_OBJECT("shipping", shipping, NULLABLE, shipping_params, 4),
};
XPAY_PARAMS_TYPE(customer_details_params, "CollectCustomerDetails CustomerDetailsInput", NULL, 0);
#undef T

#define T xpay_customer_update_params
static const xpay_field customer_update_params_fields[] = {
    P_ENUM("address", address, NULLABLE, customer_update, 0),
    P_ENUM("name", name, NULLABLE, customer_update, 1),
    P_ENUM("shipping", shipping, NULLABLE, customer_update, 2),
};
XPAY_PARAMS_TYPE(customer_update_params, "CustomerUpdate", NULL, 0);
#undef T
