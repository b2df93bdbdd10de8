/*
 * Custom fields: questions of your own on the checkout page, and what the customer answered.
 */
#ifndef XPAY_CUSTOM_FIELD_H
#define XPAY_CUSTOM_FIELD_H

#include <xpay/object.h>

/** What kind of answer a custom field takes. */
enum {
    XPAY_CUSTOM_FIELD_TYPE_UNKNOWN = 0,  /**< absent, or not known to this version */
    XPAY_CUSTOM_FIELD_TYPE_TEXT = 1,     /**< any text */
    XPAY_CUSTOM_FIELD_TYPE_NUMBER = 2,   /**< digits, kept as text */
    XPAY_CUSTOM_FIELD_TYPE_DROPDOWN = 3, /**< one of the options */
    XPAY_CUSTOM_FIELD_TYPE_CHECKBOX = 4  /**< yes or no */
};

/** How the length of an answer is limited. */
enum {
    XPAY_CUSTOM_FIELD_LIMIT_UNKNOWN = 0,  /**< absent, or not known to this version */
    XPAY_CUSTOM_FIELD_LIMIT_AT_MOST = 1,  /**< by max_characters */
    XPAY_CUSTOM_FIELD_LIMIT_BETWEEN = 2,  /**< by both */
    XPAY_CUSTOM_FIELD_LIMIT_AT_LEAST = 3, /**< by min_characters */
    XPAY_CUSTOM_FIELD_LIMIT_EXACTLY = 4   /**< to one length */
};

/** One option of a drop-down list. */
typedef struct xpay_dropdown_option {
    xpay_object base;
    const char *label; /**< as the customer reads it */
} xpay_dropdown_option;

/** What the customer answered. */
typedef struct xpay_custom_field_value {
    xpay_object base;
    const char *value; /**< as entered; a number is text too */
} xpay_custom_field_value;

/** One question. Only the answer that fits its type is ever there, and only after the customer submits. */
typedef struct xpay_custom_field {
    xpay_object base;
    const char *key;                                     /**< unique among the session's fields */
    const char *label;                                   /**< as the customer reads it */
    int32_t type;                                        /**< XPAY_CUSTOM_FIELD_TYPE_… */
    bool is_optional;                                    /**< may be left empty */
    bool has_has_limits;                                 /**< false when there is none */
    bool has_limits;                                     /**< the answer's length is limited */
    int32_t limit_type;                                  /**< XPAY_CUSTOM_FIELD_LIMIT_… */
    bool has_min_characters;                             /**< false without a lower bound */
    int64_t min_characters;                              /**< shortest answer, in characters */
    bool has_max_characters;                             /**< false without an upper bound */
    int64_t max_characters;                              /**< longest answer, in characters */
    const xpay_dropdown_option *const *dropdown_options; /**< for DROPDOWN */
    size_t dropdown_options_count;                       /**< elements of dropdown_options */
    const xpay_custom_field_value *text;                 /**< answer of a TEXT; NULL until given */
    const xpay_custom_field_value *numeric;  /**< answer of a NUMBER; NULL until given */
    const xpay_custom_field_value *dropdown; /**< answer of a DROPDOWN; NULL until given */
} xpay_custom_field;

/** One option of a drop-down list to show. */
typedef struct xpay_dropdown_option_params {
    size_t size;       /**< set by XPAY_DROPDOWN_OPTION_PARAMS_INIT */
    uint64_t clear;    /**< no member can be null: 0 */
    const char *label; /**< required, not empty */
} xpay_dropdown_option_params;

/** Initial value of an xpay_dropdown_option_params. */
#define XPAY_DROPDOWN_OPTION_PARAMS_INIT XPAY_INITIAL(xpay_dropdown_option_params)

/** @name Bits of xpay_custom_field_params.clear: send null for the member. */
/** @{ */
#define XPAY_CUSTOM_FIELD_CLEAR_IS_OPTIONAL      (UINT64_C(1) << 0)
#define XPAY_CUSTOM_FIELD_CLEAR_HAS_LIMITS       (UINT64_C(1) << 1)
#define XPAY_CUSTOM_FIELD_CLEAR_LIMIT_TYPE       (UINT64_C(1) << 2)
#define XPAY_CUSTOM_FIELD_CLEAR_MIN_CHARACTERS   (UINT64_C(1) << 3)
#define XPAY_CUSTOM_FIELD_CLEAR_MAX_CHARACTERS   (UINT64_C(1) << 4)
#define XPAY_CUSTOM_FIELD_CLEAR_DROPDOWN_OPTIONS (UINT64_C(1) << 5)
/** @} */

/** One question to ask. */
typedef struct xpay_custom_field_params {
    size_t size;             /**< set by XPAY_CUSTOM_FIELD_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_CUSTOM_FIELD_CLEAR_… bits: send null */
    const char *label;       /**< required, not empty */
    int32_t type;            /**< XPAY_CUSTOM_FIELD_TYPE_…; required */
    bool has_is_optional;    /**< send `is_optional` */
    bool is_optional;        /**< may be left empty; default false */
    bool has_has_limits;     /**< send `has_limits` */
    bool has_limits;         /**< the answer's length is limited */
    int32_t limit_type;      /**< XPAY_CUSTOM_FIELD_LIMIT_… */
    bool has_min_characters; /**< send `min_characters` */
    int64_t min_characters;  /**< shortest answer, at least 1 */
    bool has_max_characters; /**< send `max_characters` */
    int64_t max_characters;  /**< longest answer, at least 1, not less than `min_characters` */
    /** for XPAY_CUSTOM_FIELD_TYPE_DROPDOWN only */
    const xpay_dropdown_option_params *dropdown_options;
    size_t dropdown_options_count; /**< elements of dropdown_options */
} xpay_custom_field_params;

/** Initial value of an xpay_custom_field_params. */
#define XPAY_CUSTOM_FIELD_PARAMS_INIT XPAY_INITIAL(xpay_custom_field_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_DROPDOWN_OPTION_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_dropdown_option_params_init(xpay_dropdown_option_params *params, size_t size);

/**
 * The same initial value as XPAY_CUSTOM_FIELD_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_custom_field_params_init(xpay_custom_field_params *params, size_t size);

XPAY_END_DECLS

#endif
