/* Which libxpay this is: the version of the headers at compile time, of the library at run time. */
#ifndef XPAY_VERSION_H
#define XPAY_VERSION_H

#include <xpay/export.h>

#define XPAY_VERSION_MAJOR 0
#define XPAY_VERSION_MINOR 1
#define XPAY_VERSION_PATCH 0

/** Version of these headers as one number: major * 1,000,000 + minor * 1,000 + patch. */
#define XPAY_VERSION_NUMBER \
    (XPAY_VERSION_MAJOR * 1000000 + XPAY_VERSION_MINOR * 1000 + XPAY_VERSION_PATCH)

/** Version of these headers as text. */
#define XPAY_VERSION_STRING "0.1.0"

XPAY_BEGIN_DECLS

/**
 * Version of the library that is loaded, as one number.
 *
 * @return major * 1,000,000 + minor * 1,000 + patch; compare with XPAY_VERSION_NUMBER.
 */
XPAY_API uint32_t xpay_version_number(void);

/**
 * Version of the library that is loaded, as text such as "0.1.0".
 *
 * @return static text, never NULL.
 */
XPAY_API const char *xpay_version(void);

XPAY_END_DECLS

#endif
