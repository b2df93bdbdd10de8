/*
 * Objects: what every answer of XPay becomes.
 *
 * An answer is decoded into one tree of structs. Only the library makes them; read their members directly and treat
 * them as immutable: any number of threads may. The root of the tree owns everything below it, and one call frees it:
 *
 *     xpay_checkout_session *session;
 *     if (xpay_checkout_session_retrieve(client, id, NULL, &session, &error) == XPAY_OK) {
 *         ... session->payment_intent->charges[0]->amount ...
 *         xpay_object_free(session);
 *     }
 *
 * Every struct of the tree begins with an xpay_object, so the functions here take any of them.
 */
#ifndef XPAY_OBJECT_H
#define XPAY_OBJECT_H

#include <xpay/error.h>

XPAY_BEGIN_DECLS

typedef struct xpay_type xpay_type;
typedef struct xpay_root xpay_root;

/** The beginning of every struct that the library returns. */
typedef struct xpay_object {
    const xpay_type *type; /**< what this struct is; see describe.h */
    const xpay_root *root; /**< the answer that it is part of (opaque) */
    const char *json;      /**< where its JSON begins in that answer; see xpay_object_json() */
} xpay_object;

/** A decimal number that is not money, such as a rate: exact as text, rounded as a double. */
typedef struct xpay_decimal {
    const char *digits; /**< the number as XPay wrote it, such as "51.01"; NULL when absent */
    double value;       /**< the nearest double, for display; 0 when absent */
} xpay_decimal;

/** One member of open JSON. */
typedef struct xpay_json_member {
    const char *name;  /**< the member's name, unescaped */
    const char *value; /**< text of a string, unescaped; of anything else, its JSON */
} xpay_json_member;

/** Open JSON, such as metadata: its text, and its members when it is an object. */
typedef struct xpay_json {
    const char *text; /**< the JSON as XPay wrote it, NUL-terminated */
    size_t length;    /**< bytes in text */
    const xpay_json_member
        *members;         /**< the members of an object in their order; NULL for an array */
    size_t members_count; /**< how many members */
} xpay_json;

/** How an answer was got. Times are in microseconds. */
typedef struct xpay_response {
    int32_t http_status;         /**< such as 200; 0 for an object that came in a webhook */
    int32_t attempts;            /**< requests that were made for it */
    const char *request_id;      /**< XPay's id of the request; NULL when it gave none */
    const char *idempotency_key; /**< the key that was sent; NULL for reads */
    int64_t total_us;       /**< from the call to the answer, all attempts and waits together */
    int64_t name_lookup_us; /**< last attempt: start until the name was resolved */
    int64_t connect_us;     /**< last attempt: start until TCP was connected */
    int64_t tls_us;         /**< last attempt: start until TLS was set up; 0 without TLS */
    int64_t first_byte_us;  /**< last attempt: start until the first byte of the answer */
    int64_t clock_skew_ms;  /**< XPay's Date header minus the local clock */
    bool has_clock_skew;    /**< false when the answer had no usable Date */
    bool replayed;          /**< XPay repeated an earlier answer to the same key */
    bool connection_reused; /**< last attempt: no new connection was needed */
} xpay_response;

/** A member of an answer that could not be read as the contract says, and was left out. */
typedef struct xpay_fault {
    const char *path;     /**< JSON pointer from the root, such as "/charges/0/receiptUrl" */
    const char *expected; /**< what the contract says, such as "text" */
    const char *found;    /**< what was there, such as "number" */
    /** the struct whose member it is, or which was left without the object that has it */
    const xpay_object *object;
} xpay_fault;

/**
 * Free a root object and everything below it. Secrets in it are wiped.
 *
 * NULL is allowed. So is an object that is not a root: it is left alone, since it lives as long as its root.
 *
 * @param object a root that the library returned, NULL, or any object inside one.
 */
XPAY_API void xpay_object_free(void *object);

/**
 * Copy a part of an answer, so that it outlives the rest: one charge of a session, one item of a list.
 *
 * @param object any object inside a root that came from XPay. A root itself is yours already, and not copied; nor is a
 *        part of a ledger.
 * @param copy the address of a pointer to the same type; it receives a root with all that is below the object, to be
 *        freed with xpay_object_free(); NULL on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT when object or copy is NULL, or object is not such a part; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_object_copy(const void *object, void *copy);

/**
 * The JSON that an object was read from, byte for byte as it arrived.
 *
 * It holds all that XPay sent, client secrets included: do not log it.
 *
 * @param object any object; NULL gives NULL.
 * @param length receives the number of bytes; NULL allowed.
 * @return the first byte, owned by the root and valid as long as it. The JSON of a root is NUL-terminated; that of a
 *         nested object is a part of it, so use the length.
 */
XPAY_API const char *xpay_object_json(const void *object, size_t *length);

/**
 * Find any value of the answer by JSON pointer (RFC 6901), also one that this version has no member for.
 *
 * The pointer starts at the object given: "/presentmentDetails/exchangeRate" of a charge is that charge's. Of members
 * with the same name the last one counts, as in the structs.
 *
 * @param object any object.
 * @param pointer such as "/customer/email" or "/charges/0/id"; "" is the object itself.
 * @param value receives the first byte of the value's JSON (a string with its quotes); owned by the root.
 * @param length receives the number of bytes of it. The bytes are not NUL-terminated.
 * @return XPAY_OK; XPAY_ERROR_ABSENT when nothing is there (value is NULL, length 0); XPAY_ERROR_ARGUMENT when object,
 *         pointer, value or length is NULL or the pointer is misshapen.
 */
XPAY_API xpay_status xpay_object_get(const void *object, const char *pointer, const char **value,
                                     size_t *length);

/**
 * One member of open JSON by name: `xpay_json_get(session->metadata, "order_id")`.
 *
 * @param json open JSON, such as session->metadata; NULL gives NULL.
 * @param name the name, compared exactly.
 * @return the text of a string value, the JSON of any other, NULL when absent; owned by the root.
 */
XPAY_API const char *xpay_json_get(const xpay_json *json, const char *name);

/**
 * Render an object as a tree that a person can read: one member a line, indented, with its JSON name.
 *
 * Client secrets and signing secrets are masked. Members that are absent are left out.
 *
 * @param object any object.
 * @param text receives the tree, NUL-terminated; release it with xpay_text_free(). NULL on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT when object or text is NULL; XPAY_ERROR_MEMORY.
 */
XPAY_API xpay_status xpay_object_print(const void *object, char **text);

/**
 * Release text that the library gave away. NULL is allowed.
 *
 * @param text what xpay_object_print() or xpay_account_explain() returned.
 */
XPAY_API void xpay_text_free(char *text);

/**
 * How the answer was got: HTTP status, request id, idempotency key, timings.
 *
 * @param object any object; NULL gives NULL.
 * @return the record of the call, owned by the root; never NULL for an object.
 */
XPAY_API const xpay_response *xpay_object_response(const void *object);

/**
 * How many members of the answer could not be read as the contract says.
 *
 * They are absent from the structs and still reachable through xpay_object_get(). 0 is the rule.
 *
 * @param object any object; NULL gives 0.
 * @return the number of such members in its root's whole answer.
 */
XPAY_API size_t xpay_object_fault_count(const void *object);

/**
 * One of the members that could not be read.
 *
 * The first 64 are kept; the count goes on.
 *
 * @param object any object.
 * @param index from 0.
 * @return the fault, owned by the root; NULL when there is none kept under that index.
 */
XPAY_API const xpay_fault *xpay_object_fault(const void *object, size_t index);

XPAY_END_DECLS

#endif
