/*
 * Filters of lists: which amounts, which days.
 *
 * XPay's contract gives a filter as one text: "eq:100", "bt:10,100", "gt:50", "lt:200" for an amount, and
 * "eq:2024-01-01", "bt:2024-01-01,2024-12-31", "last:7,days" for a day. It does not say in what unit amounts are; the
 * library takes them for minor units, as all others are. For days, "after" and "before" are mentioned without an
 * example; they are sent in the form of "eq".
 */
#ifndef XPAY_FILTER_H
#define XPAY_FILTER_H

#include <xpay/object.h>

/** How amounts are compared. */
enum {
    XPAY_AMOUNT_COMPARISON_UNKNOWN = 0, /**< none */
    XPAY_AMOUNT_COMPARISON_EQ = 1,      /**< equal to `amount` */
    XPAY_AMOUNT_COMPARISON_BT = 2,      /**< between `amount` and `upper` */
    XPAY_AMOUNT_COMPARISON_GT = 3,      /**< greater than `amount` */
    XPAY_AMOUNT_COMPARISON_LT = 4       /**< less than `amount` */
};

/** How days are compared. */
enum {
    XPAY_DATE_COMPARISON_UNKNOWN = 0, /**< none */
    XPAY_DATE_COMPARISON_EQ = 1,      /**< on `day` */
    XPAY_DATE_COMPARISON_BT = 2,      /**< from `day` to `last_day` */
    XPAY_DATE_COMPARISON_LAST = 3,    /**< within the last `count` units */
    XPAY_DATE_COMPARISON_AFTER = 4,   /**< after `day` */
    XPAY_DATE_COMPARISON_BEFORE = 5   /**< before `day` */
};

/** What the last so many are. The contract has an example with days only. */
enum {
    XPAY_DATE_UNIT_UNKNOWN = 0, /**< none */
    XPAY_DATE_UNIT_DAYS = 1
};

/** Which amounts. */
typedef struct xpay_amount_filter_params {
    size_t size;        /**< set by XPAY_AMOUNT_FILTER_PARAMS_INIT */
    uint64_t clear;     /**< no member can be null: 0 */
    int32_t comparison; /**< XPAY_AMOUNT_COMPARISON_…; required */
    bool has_amount;    /**< required: send `amount` */
    int64_t amount;     /**< required, minor units; the lower one of two */
    bool has_upper;     /**< send `upper`: for BT, and for BT alone */
    int64_t upper;      /**< minor units; the upper one of two, not less than `amount` */
} xpay_amount_filter_params;

/** Initial value of an xpay_amount_filter_params. */
#define XPAY_AMOUNT_FILTER_PARAMS_INIT XPAY_INITIAL(xpay_amount_filter_params)

/** Which days. */
typedef struct xpay_date_filter_params {
    size_t size;          /**< set by XPAY_DATE_FILTER_PARAMS_INIT */
    uint64_t clear;       /**< no member can be null: 0 */
    int32_t comparison;   /**< XPAY_DATE_COMPARISON_…; required */
    const char *day;      /**< YYYY-MM-DD; for all but LAST */
    const char *last_day; /**< YYYY-MM-DD; for BT alone */
    bool has_count;       /**< send `count`: for LAST, and for LAST alone */
    int64_t count;        /**< so many units, at least 1 */
    int32_t unit;         /**< XPAY_DATE_UNIT_…; for LAST alone */
} xpay_date_filter_params;

/** Initial value of an xpay_date_filter_params. */
#define XPAY_DATE_FILTER_PARAMS_INIT XPAY_INITIAL(xpay_date_filter_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_AMOUNT_FILTER_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_amount_filter_params_init(xpay_amount_filter_params *params, size_t size);

/**
 * The same initial value as XPAY_DATE_FILTER_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_date_filter_params_init(xpay_date_filter_params *params, size_t size);

XPAY_END_DECLS

#endif
