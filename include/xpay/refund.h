/*
 * Refunds: money that goes back to a customer, whole or in parts, until nothing of the charge remains.
 *
 * Amounts are in the charge's processing currency, also for a session that was priced in another one; there,
 * presentment_details has the customer's side, and xpay_money_to_processing() converts. XPay keeps its fees. A refund
 * that was accepted may still fail: its status says what came of it.
 * Follows https://docs.xpay.app/integrate/refunds.
 */
#ifndef XPAY_REFUND_H
#define XPAY_REFUND_H

#include <xpay/balance_transaction.h>
#include <xpay/client.h>
#include <xpay/iterator.h>
#include <xpay/metadata.h>
#include <xpay/presentment.h>

/** How far a refund has come. */
enum {
    XPAY_REFUND_STATUS_UNKNOWN = 0,         /**< absent, or not known to this version */
    XPAY_REFUND_STATUS_PENDING = 1,         /**< accepted; the money is on its way */
    XPAY_REFUND_STATUS_REQUIRES_ACTION = 2, /**< the customer has to act: see next_action */
    XPAY_REFUND_STATUS_SUCCEEDED = 3,       /**< done */
    XPAY_REFUND_STATUS_FAILED = 4,          /**< final: refused, nothing went back */
    XPAY_REFUND_STATUS_CANCELED = 5         /**< final: withdrawn, nothing went back */
};

/** Why a refund is made. */
enum {
    XPAY_REFUND_REASON_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_REASON_DUPLICATE = 1,
    XPAY_REFUND_REASON_FRAUDULENT = 2,
    XPAY_REFUND_REASON_REQUESTED_BY_CUSTOMER = 3,
    XPAY_REFUND_REASON_RISK_HOLD_CAPTURE = 4 /**< made by XPay itself */
};

/** Why a refund failed. */
enum {
    XPAY_REFUND_FAILURE_REASON_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_FAILURE_REASON_LOST_OR_STOLEN_CARD = 1,
    XPAY_REFUND_FAILURE_REASON_EXPIRED_OR_CANCELED_CARD = 2,
    XPAY_REFUND_FAILURE_REASON_CHARGE_FOR_PENDING_REFUND_DISPUTED = 3,
    XPAY_REFUND_FAILURE_REASON_INSUFFICIENT_FUNDS = 4,
    XPAY_REFUND_FAILURE_REASON_DECLINED = 5,
    XPAY_REFUND_FAILURE_REASON_MERCHANT_REQUEST = 6,
    XPAY_REFUND_FAILURE_REASON_UNKNOWN_TO_XPAY = 7 /**< XPay itself says "unknown" */
};

/** What a refund waits for. */
enum {
    XPAY_REFUND_PENDING_REASON_UNKNOWN = 0,            /**< absent, or not known to this version */
    XPAY_REFUND_PENDING_REASON_PROCESSING = 1,         /**< the processor */
    XPAY_REFUND_PENDING_REASON_INSUFFICIENT_FUNDS = 2, /**< your balance */
    XPAY_REFUND_PENDING_REASON_CHARGE_PENDING = 3      /**< the charge */
};

/** Where a refund goes. */
enum {
    XPAY_REFUND_DESTINATION_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_DESTINATION_TYPE_CARD = 1,
    XPAY_REFUND_DESTINATION_TYPE_WALLET = 2,
    XPAY_REFUND_DESTINATION_TYPE_BANK_TRANSFER = 3,
    XPAY_REFUND_DESTINATION_TYPE_KIOSK = 4
};

/** Whether a refund's reference is there yet. */
enum {
    XPAY_REFUND_REFERENCE_STATUS_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_REFERENCE_STATUS_PENDING = 1,
    XPAY_REFUND_REFERENCE_STATUS_AVAILABLE = 2,
    XPAY_REFUND_REFERENCE_STATUS_UNAVAILABLE = 3
};

/** How the money goes back to a card. */
enum {
    XPAY_REFUND_CARD_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_CARD_TYPE_PENDING = 1,
    XPAY_REFUND_CARD_TYPE_REFUND = 2,
    XPAY_REFUND_CARD_TYPE_REVERSAL = 3 /**< the payment disappears from the statement */
};

/** What a customer has to do for a refund. */
enum {
    XPAY_REFUND_NEXT_ACTION_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_REFUND_NEXT_ACTION_TYPE_DISPLAY_DETAILS = 1,
    XPAY_REFUND_NEXT_ACTION_TYPE_VERIFY_IDENTITY = 2,
    XPAY_REFUND_NEXT_ACTION_TYPE_CONTACT_SUPPORT = 3
};

/** A refund to a card. */
typedef struct xpay_refund_card_destination {
    xpay_object base;
    const char *reference;      /**< acquirer reference number (ARN); NULL until known */
    int32_t reference_status;   /**< XPAY_REFUND_REFERENCE_STATUS_… */
    const char *reference_type; /**< NULL when not known */
    int32_t type;               /**< XPAY_REFUND_CARD_TYPE_… */
} xpay_refund_card_destination;

/** A refund to a mobile wallet. */
typedef struct xpay_refund_wallet_destination {
    xpay_object base;
    const char *reference; /**< NULL until known */
    const char *provider;  /**< NULL when not known */
} xpay_refund_wallet_destination;

/** A refund by bank transfer. */
typedef struct xpay_refund_bank_transfer_destination {
    xpay_object base;
    const char *reference;    /**< NULL until known */
    int32_t reference_status; /**< XPAY_REFUND_REFERENCE_STATUS_… */
} xpay_refund_bank_transfer_destination;

/** A refund in cash at a kiosk. */
typedef struct xpay_refund_kiosk_destination {
    xpay_object base;
    const char *reference; /**< NULL until known */
    const char *provider;  /**< NULL when not known */
} xpay_refund_kiosk_destination;

/** Where a refund goes; the member named by `type` is there. */
typedef struct xpay_refund_destination {
    xpay_object base;
    int32_t type;                                 /**< XPAY_REFUND_DESTINATION_TYPE_… */
    const xpay_refund_card_destination *card;     /**< NULL for others */
    const xpay_refund_wallet_destination *wallet; /**< NULL for others */
    const xpay_refund_bank_transfer_destination *bank_transfer; /**< NULL for others */
    const xpay_refund_kiosk_destination *kiosk;                 /**< NULL for others */
} xpay_refund_destination;

/** The instructions that were sent to the customer. */
typedef struct xpay_refund_display_details {
    xpay_object base;
    bool has_email_sent_at;    /**< false until sent */
    int64_t email_sent_at;     /**< milliseconds since the epoch, UTC */
    const char *email_sent_to; /**< an e-mail address; NULL until sent */
    bool has_expires_at;       /**< false without an end */
    int64_t expires_at;        /**< end of the customer's time; milliseconds since the epoch, UTC */
} xpay_refund_display_details;

/** What the customer has to do. */
typedef struct xpay_refund_next_action {
    xpay_object base;
    int32_t type;                                       /**< XPAY_REFUND_NEXT_ACTION_TYPE_… */
    const xpay_refund_display_details *display_details; /**< NULL for other types */
} xpay_refund_next_action;

/** One refund. It does not change once it is final. */
typedef struct xpay_refund {
    xpay_object base;
    const char *id;                /**< re_… */
    const char *charge_id;         /**< ch_…, what is refunded */
    const char *payment_intent_id; /**< pi_…, what that belongs to */
    int64_t amount;                /**< minor units of `currency` */
    xpay_currency currency;        /**< XPAY_CURRENCY_…, the processing currency */
    int32_t status;                /**< XPAY_REFUND_STATUS_… */
    int32_t reason;                /**< XPAY_REFUND_REASON_… */
    int64_t created_at;            /**< milliseconds since the epoch, UTC */
    /** the customer's side; NULL unless the customer sees another currency */
    const xpay_presentment_details *presentment_details;
    const char *balance_transaction_id; /**< txn_…; NULL until settled */
    /** its ledger row, negative; NULL where XPay sends only the id */
    const xpay_balance_transaction *balance_transaction;
    /** txn_… that took it back when it failed; NULL otherwise */
    const char *failure_balance_transaction_id;
    const char *external_refund_id;                     /**< the processor's id; NULL until known */
    int32_t failure_reason;                             /**< XPAY_REFUND_FAILURE_REASON_… */
    const char *failure_code;                           /**< NULL unless failed */
    const char *failure_message;                        /**< for your staff; NULL unless failed */
    int32_t pending_reason;                             /**< XPAY_REFUND_PENDING_REASON_… */
    const char *description;                            /**< yours; NULL when not given */
    const xpay_refund_destination *destination_details; /**< NULL until known */
    const xpay_refund_next_action *next_action;         /**< NULL when the customer need not act */
    const char *instructions_email; /**< where instructions go; NULL when not given */
    const char *receipt_number;     /**< NULL when there is none */
    bool has_fee_amount;            /**< false when XPay does not say */
    int64_t fee_amount; /**< fee of the charge that XPay keeps, minor units of `currency` */
} xpay_refund;

/** Part of the list of refunds. */
typedef struct xpay_refund_page {
    xpay_object base;
    const xpay_refund *const *data; /**< the refunds; the contract states no order */
    size_t data_count;              /**< elements of data */
} xpay_refund_page;

/** @name Bits of xpay_refund_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_REFUND_CREATE_CLEAR_CHARGE_ID          (UINT64_C(1) << 0)
#define XPAY_REFUND_CREATE_CLEAR_PAYMENT_INTENT_ID  (UINT64_C(1) << 1)
#define XPAY_REFUND_CREATE_CLEAR_AMOUNT             (UINT64_C(1) << 2)
#define XPAY_REFUND_CREATE_CLEAR_REASON             (UINT64_C(1) << 3)
#define XPAY_REFUND_CREATE_CLEAR_DESCRIPTION        (UINT64_C(1) << 4)
#define XPAY_REFUND_CREATE_CLEAR_INSTRUCTIONS_EMAIL (UINT64_C(1) << 5)
#define XPAY_REFUND_CREATE_CLEAR_METADATA           (UINT64_C(1) << 6)
/** @} */

/** A refund to make: exactly one of charge_id and payment_intent_id. */
typedef struct xpay_refund_create_params {
    size_t size;                   /**< set by XPAY_REFUND_CREATE_PARAMS_INIT */
    uint64_t clear;                /**< XPAY_REFUND_CREATE_CLEAR_… bits: send null */
    const char *charge_id;         /**< ch_… */
    const char *payment_intent_id; /**< pi_… with exactly one succeeded charge; the usual choice */
    bool has_amount;               /**< false: all that remains refundable */
    int64_t amount;                /**< minor units of the processing currency; at least 1 */
    int32_t reason;                /**< XPAY_REFUND_REASON_… */
    const char *description;       /**< yours, at most 500 characters */
    /** where XPay sends the customer instructions, if the method needs them */
    const char *instructions_email;
    const xpay_text_pair *metadata; /**< your own entries, kept by XPay but not given back */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_refund_create_params;

/** Initial value of an xpay_refund_create_params. */
#define XPAY_REFUND_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_refund_create_params)

/** Which refunds to list; all zero lists from the beginning. */
typedef struct xpay_refund_list_params {
    size_t size;           /**< set by XPAY_REFUND_LIST_PARAMS_INIT */
    uint64_t clear;        /**< no member can be null: 0 */
    const char *charge_id; /**< ch_…: those of one charge only */
    bool has_limit;        /**< false: as many as XPay sends by default */
    int64_t limit;         /**< at most so many, 1 to 100 */
    bool has_offset;       /**< false: from the first */
    int64_t offset;        /**< skip so many */
} xpay_refund_list_params;

/** Initial value of an xpay_refund_list_params. */
#define XPAY_REFUND_LIST_PARAMS_INIT XPAY_INITIAL(xpay_refund_list_params)

XPAY_BEGIN_DECLS

/**
 * Refund a charge, whole or in part.
 *
 * The money leaves your balance at once, where that covers it. XPay makes the refunds of one charge one after the
 * other: while another is in progress, it refuses (XPAY_ERROR_CONFLICT). Success means accepted: look at the
 * status, where XPAY_REFUND_STATUS_FAILED and _CANCELED are definite refusals.
 *
 * After a failure whose outcome is UNKNOWN or APPLIED, the refund may have been made: repeat the identical call
 * with error->idempotency_key, or look with xpay_refund_list(). Never repeat it under a new key.
 *
 * Follows POST /refunds, https://docs.xpay.app/integrate/refunds.
 *
 * @param client not NULL.
 * @param params what to refund; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param refund receives the refund, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST (more than what remains, an intent without exactly one succeeded charge),
 *         XPAY_ERROR_NOT_FOUND (no such charge or intent), XPAY_ERROR_CONFLICT (another refund of the charge is in
 *         progress), XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_refund_create(xpay_client *client,
                                                        const xpay_refund_create_params *params,
                                                        const xpay_request_options *options,
                                                        xpay_refund **refund, xpay_error *error);

/**
 * Read one refund.
 *
 * Follows GET /refunds/{id}, https://docs.xpay.app/integrate/refunds.
 *
 * @param client not NULL.
 * @param id re_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param refund receives the refund, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param says
 *         which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such refund in the
 *         key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_refund_retrieve(xpay_client *client, const char *id,
                                                          const xpay_request_options *options,
                                                          xpay_refund **refund, xpay_error *error);

/**
 * List refunds, of one charge or of all.
 *
 * There is no total: behind the last page comes an empty one. xpay_refund_iterate() walks them all.
 *
 * Follows GET /refunds, https://docs.xpay.app/integrate/refunds.
 *
 * @param client not NULL.
 * @param params which ones; NULL lists from the beginning.
 * @param options what this call does differently; NULL for the client's way.
 * @param page receives the refunds, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_NOT_FOUND,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_refund_list(xpay_client *client,
                                                      const xpay_refund_list_params *params,
                                                      const xpay_request_options *options,
                                                      xpay_refund_page **page, xpay_error *error);

/**
 * Walk all refunds, one after the other: see iterator.h.
 *
 * Nothing is sent yet. Follows GET /refunds, https://docs.xpay.app/integrate/refunds.
 *
 * @param client not NULL; to be freed after the iterator.
 * @param params which ones, and from which offset on; `limit` is the size of a page, 100 when not given. NULL walks all.
 *        May be freed afterwards.
 * @param options what the request for each page does differently; NULL for the client's way. Copied; its `cancel` must
 *        outlive the iterator.
 * @param iterator receives the iterator, whose items are xpay_refund; to be freed with xpay_iterator_free().
 *        NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL or a misshapen value; error->param says which), XPAY_ERROR_ABI,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_refund_iterate(xpay_client *client,
                                                         const xpay_refund_list_params *params,
                                                         const xpay_request_options *options,
                                                         xpay_iterator **iterator,
                                                         xpay_error *error);

/**
 * The same initial value as XPAY_REFUND_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_refund_create_params_init(xpay_refund_create_params *params, size_t size);

/**
 * The same initial value as XPAY_REFUND_LIST_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_refund_list_params_init(xpay_refund_list_params *params, size_t size);

XPAY_END_DECLS

#endif
