/* Field tables of <xpay/product.h>. */
#include <xpay/price.h>

#include "model.h"

#define T xpay_product
static const xpay_field product_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("name", name, REQ),
    TEXT("description", description, NULLABLE),
    TEXT("image", image, NULLABLE),
    TEXT("unitLabel", unit_label, NULLABLE),
    BOOLEAN("active", active, REQ),
    BOOLEAN_OPT("isSystemCreated", is_system_created, 0),
    OPEN_JSON("metadata", metadata, NULLABLE),
    TEXT("defaultPriceId", default_price_id, NULLABLE),
    TEXT("merchantId", merchant_id, 0),
    OBJECTS("prices", prices, 0, price),
    TIME_OPT("createdAt", created_at, 0),
    TIME_OPT("updatedAt", updated_at, 0),
};
/* POST /products and the list answer without `object`. */
XPAY_TYPE_TAG_OPTIONAL(product, "Product ProductResponse ProductListItem", "product");
#undef T

#define T xpay_product_page
static const xpay_field product_page_fields[] = {
    OBJECTS("data", data, REQ, product),
    INTEGER("totalCount", total_count, REQ),
    INTEGER("page", page, REQ),
    INTEGER("limit", limit, REQ),
    INTEGER("totalPages", total_pages, REQ),
};
XPAY_TYPE(product_page, "ListProductsResponse", NULL);
#undef T

#define T xpay_product_data_params
static const xpay_field product_data_params_fields[] = {
    P_TEXT("name", name, REQ, 1, 255, XPAY_FORMAT_NONE, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 500, XPAY_FORMAT_NONE, 0),
    P_TEXT("image", image, NULLABLE, 0, 0, XPAY_FORMAT_HTTPS, 1),
    P_TEXT("unitLabel", unit_label, NULLABLE, 0, 50, XPAY_FORMAT_NONE, 2),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 3),
};
static const xpay_rule product_data_params_rules[] = {
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(product_data_params, "ProductData", product_data_params_rules,
                 XPAY_LENGTH(product_data_params_rules));
#undef T

#define T xpay_product_create_params
static const xpay_field product_create_params_fields[] = {
    P_TEXT("name", name, REQ, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("image", image, NULLABLE, 0, 0, XPAY_FORMAT_URI, 1),
    P_TEXT("unitLabel", unit_label, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 3),
    P_OBJECT("defaultPrice", default_price, NULLABLE, price_create_params, 4),
};
static const xpay_rule product_create_params_rules[] = {
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(product_create_params, "CreateProduct", product_create_params_rules,
                 XPAY_LENGTH(product_create_params_rules));
#undef T

#define T xpay_product_update_params
static const xpay_field product_update_params_fields[] = {
    P_TEXT("name", name, 0, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("image", image, NULLABLE, 0, 0, XPAY_FORMAT_URI, 1),
    P_TEXT("unitLabel", unit_label, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 3),
    P_TEXT("defaultPrice", default_price, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 4),
};
static const xpay_rule product_update_params_rules[] = {
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(product_update_params, "UpdateProduct", product_update_params_rules,
                 XPAY_LENGTH(product_update_params_rules));
#undef T

#define T xpay_product_list_params
static const xpay_field product_list_params_fields[] = {
    P_INTEGER_OPT("page", page, 0, 1, INT32_MAX, NOWHERE),
    P_INTEGER_OPT("limit", limit, 0, 1, 100, NOWHERE),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_TEXT("search", search, 0, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_METADATA(0, XPAY_FORMAT_OBJECT, NOWHERE),
};
static const xpay_rule product_list_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("metadata"), SET("metadata_json")},
};
XPAY_PARAMS_TYPE(product_list_params, "", product_list_params_rules,
                 XPAY_LENGTH(product_list_params_rules));
#undef T
