/* Every type and enumeration that has a table, declared in one place: the list that describe.c walks. */
#ifndef XPAY_TYPES_H
#define XPAY_TYPES_H

/* One line a type: X(name). */
#define XPAY_TYPES(X)                                                                              \
    X(fee_detail)                                                                                  \
    X(payout_batch)                                                                                \
    X(balance_transaction)

/* One line an enumeration: X(name). */
#define XPAY_ENUMS(X)                                                                              \
    X(currency)                                                                                    \
    X(balance_transaction_status)                                                                  \
    X(balance_transaction_type)                                                                    \
    X(payout_batch_status)

#define XPAY_DECLARE_TYPE(t) extern const xpay_type xpay_type_##t;
#define XPAY_DECLARE_ENUM(e) extern const xpay_enum xpay_enum_##e;
XPAY_TYPES(XPAY_DECLARE_TYPE)
XPAY_ENUMS(XPAY_DECLARE_ENUM)

#endif
