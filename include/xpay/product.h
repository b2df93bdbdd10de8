/*
 * Products: what is sold. A price says for how much.
 */
#ifndef XPAY_PRODUCT_H
#define XPAY_PRODUCT_H

#include <xpay/metadata.h>
#include <xpay/object.h>

/** What a line item sells. One that was described in-line for a session never enters the catalogue. */
typedef struct xpay_product {
    xpay_object base;
    const char *id;          /**< prod_… */
    const char *name;        /**< as the customer reads it */
    const char *description; /**< NULL when not given */
    const char *image;       /**< XPay's identifier of the picture; NULL when there is none */
    const char *unit_label;  /**< what one of it is called, such as "seat"; NULL when not given */
    bool active;             /**< false when archived; in-line products are active */
} xpay_product;

/** @name Bits of xpay_product_data_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRODUCT_DATA_CLEAR_DESCRIPTION (UINT64_C(1) << 0)
#define XPAY_PRODUCT_DATA_CLEAR_IMAGE       (UINT64_C(1) << 1)
#define XPAY_PRODUCT_DATA_CLEAR_UNIT_LABEL  (UINT64_C(1) << 2)
#define XPAY_PRODUCT_DATA_CLEAR_METADATA    (UINT64_C(1) << 3)
/** @} */

/** A product described in-line, for one session. */
typedef struct xpay_product_data_params {
    size_t size;             /**< set by XPAY_PRODUCT_DATA_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_PRODUCT_DATA_CLEAR_… bits: send null */
    const char *name;        /**< required; 1 to 255 characters */
    const char *description; /**< at most 500 characters */
    const char *image;       /**< https URL of a picture, which XPay fetches */
    const char *unit_label;  /**< what one of it is called, such as "seat"; at most 50 characters */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_product_data_params;

/** Initial value of an xpay_product_data_params. */
#define XPAY_PRODUCT_DATA_PARAMS_INIT XPAY_INITIAL(xpay_product_data_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_PRODUCT_DATA_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_product_data_params_init(xpay_product_data_params *params, size_t size);

XPAY_END_DECLS

#endif
