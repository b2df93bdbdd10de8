/* The encoder in its parts, shared by encode.c (bodies) and query.c. */
#ifndef XPAY_JSON_ENCODER_H
#define XPAY_JSON_ENCODER_H

#include "../base/buffer.h"
#include "check.h"

typedef struct xpay_encoder {
    xpay_buffer *out;
    xpay_error *error;
} xpay_encoder;

/* Before a struct is written: its `size`, then all checks of it as a whole. `size` receives how much of it counts. */
xpay_status xpay_encoder_enter(const xpay_encoder *encoder, const xpay_type *type,
                               const void *params, const xpay_path *path, size_t *size);

/* One value of a field that is set, and a whole list, checked and written as JSON. */
xpay_status xpay_encoder_value(const xpay_encoder *encoder, const xpay_field *field,
                               const void *slot, const xpay_path *path);
xpay_status xpay_encoder_list(const xpay_encoder *encoder, const xpay_field *field,
                              const void *params, const xpay_path *path);

/* The status, or XPAY_ERROR_MEMORY when the text is incomplete. */
xpay_status xpay_encoder_finish(xpay_status status, const xpay_buffer *out, xpay_error *error);

#endif
