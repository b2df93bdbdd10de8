/* Field tables of <xpay/product.h>. */
#include <xpay/product.h>

#include "model.h"

#define T xpay_product
static const xpay_field product_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("name", name, REQ),
    TEXT("description", description, NULLABLE),
    TEXT("image", image, NULLABLE),
    TEXT("unitLabel", unit_label, NULLABLE),
    BOOLEAN("active", active, REQ),
};
XPAY_TYPE(product, "Product", NULL);
#undef T

#define T xpay_product_data_params
static const xpay_field product_data_params_fields[] = {
    P_TEXT("name", name, REQ, 1, 255, XPAY_FORMAT_NONE, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 500, XPAY_FORMAT_NONE, 0),
    P_TEXT("image", image, NULLABLE, 0, 0, XPAY_FORMAT_HTTPS, 1),
    P_TEXT("unitLabel", unit_label, NULLABLE, 0, 50, XPAY_FORMAT_NONE, 2),
    P_TEXT_MAP("metadata", metadata, NULLABLE, 3),
    P_JSON("metadata", metadata_json, NULLABLE, XPAY_FORMAT_OBJECT, NOWHERE),
};
static const xpay_rule product_data_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("metadata"), SET("metadata_json")},
    {XPAY_RULE_EXCLUSIVE, CLEARED("metadata"), SET("metadata_json")},
};
XPAY_PARAMS_TYPE(product_data_params, "ProductData", product_data_params_rules,
                 XPAY_LENGTH(product_data_params_rules));
#undef T
