/*
 * One line for each member of each struct, written with the struct's own members: offset, size and type are what the
 * compiler says, whatever the description claims. A row of the description without its line here fails the test.
 *
 * T must be defined as the struct.
 */
#ifndef XPAY_TEST_MEMBERS_H
#define XPAY_TEST_MEMBERS_H

#include <xpay/xpay.h>

#include "contract.h"

#define POINTER(t)  const xpay_##t * : C_STRUCT,
#define POINTERS(t) const xpay_##t *const * : C_STRUCTS,
#define TARGET(t)   const xpay_##t * : #t, const xpay_##t *const * : #t,

/* clang-format off */
#define C_TYPE(value)                                                                              \
    _Generic((value),                                                                              \
        const char *: C_TEXT, const char *const *: C_TEXTS, bool: C_BOOL, int64_t: C_INT64,        \
        int32_t: C_INT32, const int32_t *: C_INT32S, xpay_decimal: C_DECIMAL,                      \
        const xpay_json *: C_JSON, const xpay_text_pair *: C_PAIRS, size_t: C_SIZE,                \
        XPAY_TYPES(POINTER) XPAY_TYPES(POINTERS) default: C_OTHER)

#define C_TARGET(value) _Generic((value), XPAY_TYPES(TARGET) default: NULL)
/* clang-format on */

#define OF(m) (((T *)0)->m)

#define LINE(m, companion, with)                                                     \
    {                                                                                \
#m, offsetof(T, m), sizeof OF(m), C_TYPE(OF(m)), C_TARGET(OF(m)), companion, \
            offsetof(T, with), sizeof OF(with), C_TYPE(OF(with))                     \
    }

#define MEMBER(m)   LINE(m, NULL, m)
#define OPTIONAL(m) LINE(m, "has", has_##m)
#define LIST(m)     LINE(m, "count", m##_count)

#define STRUCT(t)                          \
    {                                      \
#t, sizeof(xpay_##t), t, LENGTH(t) \
    }

/* Each ends with a struct without a name. */
extern const c_struct shop_structs[];
extern const c_struct payment_structs[];
extern const c_struct session_structs[];
extern const c_struct params_structs[];

#endif
