/* The tables, handed out. */
#include <string.h>

#include "model.h"

#define TYPE_ADDRESS(t) &xpay_type_##t,

static const xpay_type *const types[] = {XPAY_TYPES(TYPE_ADDRESS)};

size_t xpay_type_count(void)
{
    return XPAY_LENGTH(types);
}

const xpay_type *xpay_type_at(size_t index)
{
    return index < XPAY_LENGTH(types) ? types[index] : NULL;
}

const xpay_type *xpay_type_by_name(const char *name)
{
    for (size_t i = 0; name != NULL && i < XPAY_LENGTH(types); i++)
        if (strcmp(types[i]->name, name) == 0)
            return types[i];
    return NULL;
}

const xpay_type *xpay_type_by_tag(const char *tag, size_t length)
{
    for (size_t i = 0; i < XPAY_LENGTH(types); i++) {
        const char *known = types[i]->object_tag;
        if (known != NULL && strlen(known) == length && memcmp(known, tag, length) == 0)
            return types[i];
    }
    return NULL;
}

const char *xpay_type_name(const xpay_type *type)
{
    return type->name;
}

const char *xpay_type_schemas(const xpay_type *type)
{
    return type->schemas;
}

const char *xpay_type_object_tag(const xpay_type *type)
{
    return type->object_tag;
}

size_t xpay_type_size(const xpay_type *type)
{
    return type->size;
}

size_t xpay_type_field_count(const xpay_type *type)
{
    return type->field_count;
}

const xpay_field *xpay_type_field(const xpay_type *type, size_t index)
{
    return index < type->field_count ? &type->fields[index] : NULL;
}

const xpay_field *xpay_type_field_by_name(const xpay_type *type, const char *name)
{
    for (size_t i = 0; name != NULL && i < type->field_count; i++)
        if (strcmp(type->fields[i].name, name) == 0 || strcmp(type->fields[i].member, name) == 0)
            return &type->fields[i];
    return NULL;
}

const char *xpay_enum_name(const xpay_enum *values, int32_t value)
{
    return value > 0 && (size_t)value <= values->count ? values->names[value - 1] : NULL;
}
