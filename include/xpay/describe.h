/*
 * The library's description of its own structs, for bindings, generic tools and tests.
 *
 * Every struct that is decoded from JSON or encoded to it has one xpay_type, and the table behind it is the one that
 * the decoder and the encoder follow: name, kind, offset. A binding for another language reads this at run time
 * instead of copying struct layouts. Everything here is static, immutable and lives as long as the library is loaded.
 *
 * Structs of answers begin with an xpay_object, whose type says what they are. Parameter structs, whose names end in
 * _params, begin with `size_t size` and `uint64_t clear`; the function of the same name with _init prepares one.
 */
#ifndef XPAY_DESCRIBE_H
#define XPAY_DESCRIBE_H

#include <xpay/object.h>

/** What a field holds, and what C type its member has. */
enum {
    XPAY_KIND_TEXT = 1,     /**< UTF-8 text: const char *, NULL when absent */
    XPAY_KIND_INTEGER = 2,  /**< a count: int64_t */
    XPAY_KIND_MONEY = 3,    /**< an amount in minor units: int64_t */
    XPAY_KIND_BOOLEAN = 4,  /**< bool */
    XPAY_KIND_TIME = 5,     /**< a moment: int64_t, milliseconds since 1970-01-01T00:00:00Z */
    XPAY_KIND_DECIMAL = 6,  /**< a rate or score: xpay_decimal, by value */
    XPAY_KIND_ENUM = 7,     /**< one of a list of names: int32_t, 0 when absent or not known */
    XPAY_KIND_OBJECT = 8,   /**< another struct: pointer, NULL when absent */
    XPAY_KIND_JSON = 9,     /**< open JSON: in answers const xpay_json *, in parameters JSON text */
    XPAY_KIND_TEXT_MAP = 10 /**< names with texts, in parameters only: array of xpay_text_pair */
};

/** What else is true of a field: bits of xpay_field.flags. */
enum {
    XPAY_FIELD_REQUIRED = 1, /**< the contract says that it is always there */
    XPAY_FIELD_NULLABLE = 2, /**< the contract allows null */
    /** a list: pointer to its first element, with a size_t count beside it. In answers, elements that are objects are
     * pointers; in parameters, they are the structs themselves, one after the other */
    XPAY_FIELD_ARRAY = 4,
    XPAY_FIELD_SECRET = 8,    /**< masked in print and logs, wiped when freed */
    XPAY_FIELD_CRITICAL = 16, /**< a wrong kind here makes the whole answer unreadable */
    XPAY_FIELD_EXTENSION = 32 /**< not in XPay's published contract, but met in practice */
};

/** Rules for the text or open JSON of a parameter: values of xpay_field.format. */
enum {
    XPAY_FORMAT_NONE = 0,
    XPAY_FORMAT_URI = 1,    /**< an absolute URI of RFC 3986, or with {CHECKOUT_SESSION_ID} in it */
    XPAY_FORMAT_HTTPS = 2,  /**< such a URI that begins with https:// */
    XPAY_FORMAT_EMAIL = 3,  /**< an e-mail address */
    XPAY_FORMAT_COLOR = 4,  /**< #rgb, #rgba, #rrggbb or #rrggbbaa */
    XPAY_FORMAT_ID = 5,     /**< an id: printable ASCII without blanks, at most 255 characters */
    XPAY_FORMAT_OBJECT = 6, /**< open JSON that is an object, not a list */
    XPAY_FORMAT_DATE = 7    /**< a day of the calendar: YYYY-MM-DD */
};

/** "There is no such member": value of an offset or bit in xpay_field. */
#define XPAY_NO_OFFSET UINT32_MAX

XPAY_BEGIN_DECLS

/** The values of an enumeration. Names are as XPay writes them; the constant of names[i] is i + 1. */
typedef struct xpay_enum {
    const char *name;         /**< such as "checkout_session_status" */
    const char *const *names; /**< such as "open", "complete", "expired" */
    size_t count;             /**< how many names */
} xpay_enum;

/** One field of a type. */
typedef struct xpay_field {
    const char *name;   /**< its name in JSON, such as "amountTotal" */
    const char *member; /**< its name in C, such as "amount_total" */
    int32_t kind;       /**< XPAY_KIND_… (of each element, for an array) */
    uint32_t flags;     /**< XPAY_FIELD_… bits */
    uint32_t offset;    /**< of the member, in bytes from the beginning of the struct */
    uint32_t
        presence; /**< offset of its `bool has_…`, of an array's size_t count; or XPAY_NO_OFFSET */
    const xpay_type
        *type; /**< of the struct pointed to; NULL for other kinds. "object": see its base.type */
    const xpay_enum *values; /**< of an enumeration; NULL otherwise */
    int64_t minimum; /**< parameters: least value; least length of text; least items of an array */
    int64_t maximum; /**< parameters: greatest value, length in characters, or number of items */
    int32_t format;  /**< parameters: XPAY_FORMAT_… */
    uint32_t clear_bit; /**< parameters: bit number in `clear` that sends null; or XPAY_NO_OFFSET */
    size_t name_length; /**< bytes in `name` */
} xpay_field;

/**
 * How many types there are.
 *
 * @return the number of values for xpay_type_at().
 */
XPAY_API size_t xpay_type_count(void);

/**
 * A type by number.
 *
 * @param index from 0.
 * @return the type; NULL beyond the last.
 */
XPAY_API const xpay_type *xpay_type_at(size_t index);

/**
 * A type by its C name without the prefix, such as "checkout_session" or "refund_create_params".
 *
 * @param name the name.
 * @return the type; NULL when there is none.
 */
XPAY_API const xpay_type *xpay_type_by_name(const char *name);

/** Name of a type: its C name without the prefix xpay_. @param type not NULL. @return static text. */
XPAY_API const char *xpay_type_name(const xpay_type *type);

/**
 * The contract's schemas that a type stands for.
 *
 * @param type not NULL.
 * @return schema names with a blank between them, "" when it has none.
 */
XPAY_API const char *xpay_type_schemas(const xpay_type *type);

/** Value of the JSON member `object` of such an object, such as "charge". @param type not NULL. @return NULL if none. */
XPAY_API const char *xpay_type_object_tag(const xpay_type *type);

/** Size of the struct in bytes, in this version. @param type not NULL. @return bytes. */
XPAY_API size_t xpay_type_size(const xpay_type *type);

/** How many fields a type has. @param type not NULL. @return the number of values for xpay_type_field(). */
XPAY_API size_t xpay_type_field_count(const xpay_type *type);

/**
 * A field by number.
 *
 * @param type not NULL.
 * @param index from 0.
 * @return the field; NULL beyond the last.
 */
XPAY_API const xpay_field *xpay_type_field(const xpay_type *type, size_t index);

/**
 * A field by its JSON name or its C name.
 *
 * @param type not NULL.
 * @param name such as "amountTotal" or "amount_total".
 * @return the field; NULL when there is none.
 */
XPAY_API const xpay_field *xpay_type_field_by_name(const xpay_type *type, const char *name);

/**
 * Name of an enumeration's value, as XPay writes it.
 *
 * @param values not NULL.
 * @param value a constant of it.
 * @return static text; NULL for 0 and for a value that is not one.
 */
XPAY_API const char *xpay_enum_name(const xpay_enum *values, int32_t value);

XPAY_END_DECLS

#endif
