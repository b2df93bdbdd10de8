/* How the library's symbols are declared. Every other header includes this one. */
#ifndef XPAY_EXPORT_H
#define XPAY_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define XPAY_API        __attribute__((visibility("default")))
#define XPAY_MUST_CHECK __attribute__((warn_unused_result))
#else
#define XPAY_API
#define XPAY_MUST_CHECK
#endif

#ifdef __cplusplus
#define XPAY_BEGIN_DECLS extern "C" {
#define XPAY_END_DECLS   }

/* Initial value of a parameter struct: all zero but its size. The ..._INIT macros stand on it. */
template <class T> inline T xpay_initial()
{
    T value = T();
    value.size = sizeof(T);
    return value;
}
#define XPAY_INITIAL(type) xpay_initial<type>()
#else
#define XPAY_BEGIN_DECLS
#define XPAY_END_DECLS
#define XPAY_INITIAL(type)   \
    {                        \
        .size = sizeof(type) \
    }
#endif

#endif
