/* Field tables of <xpay/branding.h>. */
#include <xpay/branding.h>

#include "model.h"

XPAY_ENUM(branding_color_mode, "light", "dark", "system");

XPAY_ENUM(branding_border_style, "rounded", "sharp", "pill");

XPAY_ENUM(branding_spacing, "condensed", "normal", "spacious");

XPAY_ENUM(branding_input_size, "small", "medium", "large");

XPAY_ENUM(branding_input_style, "flat", "outlined", "filled");

XPAY_ENUM(branding_form_layout, "compact", "spacious");

#define T xpay_branding_colors
static const xpay_field branding_colors_fields[] = {
    TEXT("primary", primary, NULLABLE),
    TEXT("primaryForeground", primary_foreground, NULLABLE),
    TEXT("background", background, NULLABLE),
    TEXT("foreground", foreground, NULLABLE),
    TEXT("border", border, NULLABLE),
    TEXT("input", input, NULLABLE),
    TEXT("ring", ring, NULLABLE),
    TEXT("muted", muted, NULLABLE),
    TEXT("mutedForeground", muted_foreground, NULLABLE),
    TEXT("accent", accent, NULLABLE),
    TEXT("accentForeground", accent_foreground, NULLABLE),
    TEXT("destructive", destructive, NULLABLE),
};
XPAY_TYPE(branding_colors, "ColorCustomizationResponse", NULL);
#undef T

#define T xpay_branding_settings
static const xpay_field branding_settings_fields[] = {
    ENUM("colorMode", color_mode, NULLABLE, branding_color_mode),
    ENUM("borderStyle", border_style, NULLABLE, branding_border_style),
    ENUM("spacing", spacing, NULLABLE, branding_spacing),
    ENUM("inputSize", input_size, NULLABLE, branding_input_size),
    ENUM("inputStyle", input_style, NULLABLE, branding_input_style),
    ENUM("formLayout", form_layout, NULLABLE, branding_form_layout),
    OBJECT("colors", colors, NULLABLE, branding_colors),
    TEXT("fontFamily", font_family, NULLABLE),
};
XPAY_TYPE(branding_settings, "BrandingSettingsResponse", NULL);
#undef T

#define T xpay_branding_colors_params
static const xpay_field branding_colors_params_fields[] = {
    P_TEXT("primary", primary, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 0),
    P_TEXT("primaryForeground", primary_foreground, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 1),
    P_TEXT("background", background, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 2),
    P_TEXT("foreground", foreground, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 3),
    P_TEXT("border", border, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 4),
    P_TEXT("input", input, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 5),
    P_TEXT("ring", ring, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 6),
    P_TEXT("muted", muted, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 7),
    P_TEXT("mutedForeground", muted_foreground, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 8),
    P_TEXT("accent", accent, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 9),
    P_TEXT("accentForeground", accent_foreground, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 10),
    P_TEXT("destructive", destructive, NULLABLE, 0, 0, XPAY_FORMAT_COLOR, 11),
};
XPAY_PARAMS_TYPE(branding_colors_params, "CheckoutColorInput", NULL, 0);
#undef T

#define T xpay_branding_settings_params
static const xpay_field branding_settings_params_fields[] = {
    P_ENUM("colorMode", color_mode, NULLABLE, branding_color_mode, 0),
    P_ENUM("borderStyle", border_style, NULLABLE, branding_border_style, 1),
    P_ENUM("spacing", spacing, NULLABLE, branding_spacing, 2),
    P_ENUM("inputSize", input_size, NULLABLE, branding_input_size, 3),
    P_ENUM("inputStyle", input_style, NULLABLE, branding_input_style, 4),
    P_ENUM("formLayout", form_layout, NULLABLE, branding_form_layout, 5),
    P_OBJECT("colors", colors, NULLABLE, branding_colors_params, 6),
    P_TEXT("fontFamily", font_family, NULLABLE, 0, 512, XPAY_FORMAT_NONE, 7),
};
XPAY_PARAMS_TYPE(branding_settings_params, "CheckoutBrandingInput", NULL, 0);
#undef T
