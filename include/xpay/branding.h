/*
 * Branding: how the checkout page looks.
 *
 * In answers the settings are resolved: the account's, with the session's on top.
 */
#ifndef XPAY_BRANDING_H
#define XPAY_BRANDING_H

#include <xpay/object.h>

/** Light or dark. */
enum {
    XPAY_BRANDING_COLOR_MODE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_COLOR_MODE_LIGHT = 1,
    XPAY_BRANDING_COLOR_MODE_DARK = 2,
    XPAY_BRANDING_COLOR_MODE_SYSTEM = 3 /**< as the customer's device says */
};

/** Corners. */
enum {
    XPAY_BRANDING_BORDER_STYLE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_BORDER_STYLE_ROUNDED = 1,
    XPAY_BRANDING_BORDER_STYLE_SHARP = 2,
    XPAY_BRANDING_BORDER_STYLE_PILL = 3
};

/** Distances. */
enum {
    XPAY_BRANDING_SPACING_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_SPACING_CONDENSED = 1,
    XPAY_BRANDING_SPACING_NORMAL = 2,
    XPAY_BRANDING_SPACING_SPACIOUS = 3
};

/** Size of the input fields. */
enum {
    XPAY_BRANDING_INPUT_SIZE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_INPUT_SIZE_SMALL = 1,
    XPAY_BRANDING_INPUT_SIZE_MEDIUM = 2,
    XPAY_BRANDING_INPUT_SIZE_LARGE = 3
};

/** Look of the input fields. */
enum {
    XPAY_BRANDING_INPUT_STYLE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_INPUT_STYLE_FLAT = 1,
    XPAY_BRANDING_INPUT_STYLE_OUTLINED = 2,
    XPAY_BRANDING_INPUT_STYLE_FILLED = 3
};

/** Arrangement of the form. */
enum {
    XPAY_BRANDING_FORM_LAYOUT_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BRANDING_FORM_LAYOUT_COMPACT = 1,
    XPAY_BRANDING_FORM_LAYOUT_SPACIOUS = 2
};

/** Colours in hexadecimal, such as "#1a73e8"; NULL where XPay's own hold. */
typedef struct xpay_branding_colors {
    xpay_object base;
    const char *primary;            /**< buttons and links */
    const char *primary_foreground; /**< text on primary */
    const char *background;         /**< the page */
    const char *foreground;         /**< text on the page */
    const char *border;             /**< lines */
    const char *input;              /**< borders of input fields */
    const char *ring;               /**< the focused field */
    const char *muted;              /**< quiet areas */
    const char *muted_foreground;   /**< text on muted */
    const char *accent;             /**< highlights */
    const char *accent_foreground;  /**< text on accent */
    const char *destructive;        /**< errors */
} xpay_branding_colors;

/** How a page looks. */
typedef struct xpay_branding_settings {
    xpay_object base;
    int32_t color_mode;                 /**< XPAY_BRANDING_COLOR_MODE_… */
    int32_t border_style;               /**< XPAY_BRANDING_BORDER_STYLE_… */
    int32_t spacing;                    /**< XPAY_BRANDING_SPACING_… */
    int32_t input_size;                 /**< XPAY_BRANDING_INPUT_SIZE_… */
    int32_t input_style;                /**< XPAY_BRANDING_INPUT_STYLE_… */
    int32_t form_layout;                /**< XPAY_BRANDING_FORM_LAYOUT_… */
    const char *font_family;            /**< value of CSS font-family; NULL for XPay's own */
    const xpay_branding_colors *colors; /**< NULL for XPay's own */
} xpay_branding_settings;

/** @name Bits of xpay_branding_colors_params.clear: send null for the member. */
/** @{ */
#define XPAY_BRANDING_COLORS_CLEAR_PRIMARY            (UINT64_C(1) << 0)
#define XPAY_BRANDING_COLORS_CLEAR_PRIMARY_FOREGROUND (UINT64_C(1) << 1)
#define XPAY_BRANDING_COLORS_CLEAR_BACKGROUND         (UINT64_C(1) << 2)
#define XPAY_BRANDING_COLORS_CLEAR_FOREGROUND         (UINT64_C(1) << 3)
#define XPAY_BRANDING_COLORS_CLEAR_BORDER             (UINT64_C(1) << 4)
#define XPAY_BRANDING_COLORS_CLEAR_INPUT              (UINT64_C(1) << 5)
#define XPAY_BRANDING_COLORS_CLEAR_RING               (UINT64_C(1) << 6)
#define XPAY_BRANDING_COLORS_CLEAR_MUTED              (UINT64_C(1) << 7)
#define XPAY_BRANDING_COLORS_CLEAR_MUTED_FOREGROUND   (UINT64_C(1) << 8)
#define XPAY_BRANDING_COLORS_CLEAR_ACCENT             (UINT64_C(1) << 9)
#define XPAY_BRANDING_COLORS_CLEAR_ACCENT_FOREGROUND  (UINT64_C(1) << 10)
#define XPAY_BRANDING_COLORS_CLEAR_DESTRUCTIVE        (UINT64_C(1) << 11)
/** @} */

/** Colours to use, in hexadecimal with 3, 4, 6 or 8 digits, such as "#1a73e8". */
typedef struct xpay_branding_colors_params {
    size_t size;                    /**< set by XPAY_BRANDING_COLORS_PARAMS_INIT */
    uint64_t clear;                 /**< XPAY_BRANDING_COLORS_CLEAR_… bits: send null */
    const char *primary;            /**< buttons and links */
    const char *primary_foreground; /**< text on primary */
    const char *background;         /**< the page */
    const char *foreground;         /**< text on the page */
    const char *border;             /**< lines */
    const char *input;              /**< borders of input fields */
    const char *ring;               /**< the focused field */
    const char *muted;              /**< quiet areas */
    const char *muted_foreground;   /**< text on muted */
    const char *accent;             /**< highlights */
    const char *accent_foreground;  /**< text on accent */
    const char *destructive;        /**< errors */
} xpay_branding_colors_params;

/** Initial value of an xpay_branding_colors_params. */
#define XPAY_BRANDING_COLORS_PARAMS_INIT XPAY_INITIAL(xpay_branding_colors_params)

/** @name Bits of xpay_branding_settings_params.clear: send null for the member. */
/** @{ */
#define XPAY_BRANDING_SETTINGS_CLEAR_COLOR_MODE   (UINT64_C(1) << 0)
#define XPAY_BRANDING_SETTINGS_CLEAR_BORDER_STYLE (UINT64_C(1) << 1)
#define XPAY_BRANDING_SETTINGS_CLEAR_SPACING      (UINT64_C(1) << 2)
#define XPAY_BRANDING_SETTINGS_CLEAR_INPUT_SIZE   (UINT64_C(1) << 3)
#define XPAY_BRANDING_SETTINGS_CLEAR_INPUT_STYLE  (UINT64_C(1) << 4)
#define XPAY_BRANDING_SETTINGS_CLEAR_FORM_LAYOUT  (UINT64_C(1) << 5)
#define XPAY_BRANDING_SETTINGS_CLEAR_COLORS       (UINT64_C(1) << 6)
#define XPAY_BRANDING_SETTINGS_CLEAR_FONT_FAMILY  (UINT64_C(1) << 7)
/** @} */

/** Settings that override the account's for one session. */
typedef struct xpay_branding_settings_params {
    size_t size;             /**< set by XPAY_BRANDING_SETTINGS_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_BRANDING_SETTINGS_CLEAR_… bits: send null */
    int32_t color_mode;      /**< XPAY_BRANDING_COLOR_MODE_… */
    int32_t border_style;    /**< XPAY_BRANDING_BORDER_STYLE_… */
    int32_t spacing;         /**< XPAY_BRANDING_SPACING_… */
    int32_t input_size;      /**< XPAY_BRANDING_INPUT_SIZE_… */
    int32_t input_style;     /**< XPAY_BRANDING_INPUT_STYLE_… */
    int32_t form_layout;     /**< XPAY_BRANDING_FORM_LAYOUT_… */
    const char *font_family; /**< value of CSS font-family; at most 512 characters */
    const xpay_branding_colors_params *colors; /**< colours to use */
} xpay_branding_settings_params;

/** Initial value of an xpay_branding_settings_params. */
#define XPAY_BRANDING_SETTINGS_PARAMS_INIT XPAY_INITIAL(xpay_branding_settings_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_BRANDING_COLORS_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_branding_colors_params_init(xpay_branding_colors_params *params, size_t size);

/**
 * The same initial value as XPAY_BRANDING_SETTINGS_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_branding_settings_params_init(xpay_branding_settings_params *params,
                                                 size_t size);

XPAY_END_DECLS

#endif
