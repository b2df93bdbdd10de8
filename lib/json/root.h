/* What a root object owns besides its structs: the answer's bytes, how it was got, what could not be read. */
#ifndef XPAY_JSON_ROOT_H
#define XPAY_JSON_ROOT_H

#include <xpay/object.h>

#include "../base/arena.h"

enum { XPAY_MAX_FAULTS = 64 };

struct xpay_root {
    xpay_object *top; /* the object that may be freed */
    bool decoded;     /* the structs hold what the JSON says, and nothing else */
    char *json;       /* NUL-terminated */
    size_t json_length;
    xpay_response response;
    xpay_fault *faults;
    size_t fault_count; /* all, also those beyond XPAY_MAX_FAULTS that are not kept */
    xpay_arena arena;   /* everything, this struct included */
};

/* A root with a copy of the bytes and of the response; NULL when memory ran out. */
xpay_root *xpay_root_new(const char *bytes, size_t length, const xpay_response *response);
void xpay_root_free(xpay_root *root);

#endif
