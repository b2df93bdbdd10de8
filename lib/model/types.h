/* Every type and enumeration that has a table, declared in one place: the list that describe.c walks. */
#ifndef XPAY_TYPES_H
#define XPAY_TYPES_H

/* clang-format off */

/* One line a type: X(name). */
#define XPAY_TYPES(X)                                                                              \
    X(address)                                                                                     \
    X(shipping)                                                                                    \
    X(billing_details)                                                                             \
    X(address_params)                                                                              \
    X(shipping_params)                                                                             \
    X(billing_details_params)                                                                      \
    X(presentment_details)                                                                         \
    X(session_presentment_details)                                                                 \
    X(product)                                                                                     \
    X(product_page)                                                                                \
    X(product_data_params)                                                                         \
    X(product_create_params)                                                                       \
    X(product_update_params)                                                                       \
    X(product_list_params)                                                                         \
    X(recurring)                                                                                   \
    X(custom_unit_amount)                                                                          \
    X(price)                                                                                       \
    X(recurring_params)                                                                            \
    X(price_data_params)                                                                           \
    X(custom_unit_amount_params)                                                                   \
    X(price_create_params)                                                                         \
    X(price_update_params)                                                                         \
    X(adjustable_quantity)                                                                         \
    X(line_item_presentment_details)                                                               \
    X(line_item)                                                                                   \
    X(adjustable_quantity_params)                                                                  \
    X(line_item_params)                                                                            \
    X(dropdown_option)                                                                             \
    X(custom_field_value)                                                                          \
    X(custom_field)                                                                                \
    X(dropdown_option_params)                                                                      \
    X(custom_field_params)                                                                         \
    X(coupon)                                                                                      \
    X(discount)                                                                                    \
    X(promotion_code_restrictions)                                                                 \
    X(promotion_code)                                                                              \
    X(discount_params)                                                                             \
    X(fee_config)                                                                                  \
    X(card_info)                                                                                   \
    X(fees)                                                                                        \
    X(fee_config_params)                                                                           \
    X(branding_colors)                                                                             \
    X(branding_settings)                                                                           \
    X(branding_colors_params)                                                                      \
    X(branding_settings_params)                                                                    \
    X(after_completion_redirect)                                                                   \
    X(after_completion_hosted_confirmation)                                                        \
    X(after_completion)                                                                            \
    X(after_completion_redirect_params)                                                            \
    X(after_completion_hosted_confirmation_params)                                                 \
    X(after_completion_params)                                                                     \
    X(three_d_secure)                                                                              \
    X(three_d_secure_usage)                                                                        \
    X(wallet)                                                                                      \
    X(card_networks)                                                                               \
    X(card)                                                                                        \
    X(valu_details)                                                                                \
    X(fawry_details)                                                                               \
    X(payment_method)                                                                              \
    X(payment_method_details)                                                                      \
    X(payment_method_option)                                                                       \
    X(fee_detail)                                                                                  \
    X(payout_batch)                                                                                \
    X(balance_transaction)                                                                         \
    X(refund_card_destination)                                                                     \
    X(refund_wallet_destination)                                                                   \
    X(refund_bank_transfer_destination)                                                            \
    X(refund_kiosk_destination)                                                                    \
    X(refund_destination)                                                                          \
    X(refund_display_details)                                                                      \
    X(refund_next_action)                                                                          \
    X(refund)                                                                                      \
    X(refund_page)                                                                                 \
    X(refund_create_params)                                                                        \
    X(refund_list_params)                                                                          \
    X(charge_outcome)                                                                              \
    X(charge_config)                                                                               \
    X(charge_location)                                                                             \
    X(charge_geocoding)                                                                            \
    X(charge_session)                                                                              \
    X(processor_capabilities)                                                                      \
    X(charge)                                                                                      \
    X(customer_details)                                                                            \
    X(customer_update)                                                                             \
    X(customer_details_params)                                                                     \
    X(customer_update_params)                                                                      \
    X(card_fingerprint)                                                                            \
    X(guest_fingerprint)                                                                           \
    X(customer)                                                                                    \
    X(spend_data)                                                                                  \
    X(customer_summary)                                                                            \
    X(customer_page)                                                                               \
    X(customer_create_params)                                                                      \
    X(customer_list_params)                                                                        \
    X(amount_details_tax)                                                                          \
    X(amount_details_platform_fees)                                                                \
    X(amount_details)                                                                              \
    X(next_action_redirect)                                                                        \
    X(next_action_voucher)                                                                         \
    X(next_action)                                                                                 \
    X(payment_error)                                                                               \
    X(payment_intent)                                                                              \
    X(supported_currency)                                                                          \
    X(account_api_key)                                                                             \
    X(account)                                                                                     \
    X(payment_link)                                                                                \
    X(payment_link_summary)                                                                        \
    X(payment_link_page)                                                                           \
    X(amount_filter_params)                                                                        \
    X(date_filter_params)                                                                          \
    X(payment_link_line_item_params)                                                               \
    X(payment_link_create_params)                                                                  \
    X(payment_link_update_params)                                                                  \
    X(payment_link_list_params)                                                                    \
    X(webhook_endpoint)                                                                            \
    X(webhook_endpoint_page)                                                                       \
    X(webhook_endpoint_create_params)                                                              \
    X(webhook_endpoint_update_params)                                                              \
    X(checkout_session_create_params)                                                              \
    X(checkout_session_update_params)                                                              \
    X(total_details)                                                                               \
    X(checkout_session)                                                                            \
    X(object)                                                                                      \
    X(event_data)                                                                                  \
    X(event)                                                                                       \
    X(ledger_row)                                                                                  \
    X(ledger_totals)                                                                               \
    X(ledger_batch)                                                                                \
    X(ledger)

/* One line an enumeration: X(name). */
#define XPAY_ENUMS(X)                                                                              \
    X(currency)                                                                                    \
    X(locale)                                                                                      \
    X(price_type)                                                                                  \
    X(recurring_interval)                                                                          \
    X(amount_comparison)                                                                           \
    X(date_comparison)                                                                             \
    X(date_unit)                                                                                   \
    X(custom_field_type)                                                                           \
    X(custom_field_limit)                                                                          \
    X(discount_type)                                                                               \
    X(coupon_duration)                                                                             \
    X(fee_config_source)                                                                           \
    X(branding_color_mode)                                                                         \
    X(branding_border_style)                                                                       \
    X(branding_spacing)                                                                            \
    X(branding_input_size)                                                                         \
    X(branding_input_style)                                                                        \
    X(branding_form_layout)                                                                        \
    X(after_completion_type)                                                                       \
    X(payment_method_type)                                                                         \
    X(balance_transaction_status)                                                                  \
    X(balance_transaction_type)                                                                    \
    X(payout_batch_status)                                                                         \
    X(refund_status)                                                                               \
    X(refund_reason)                                                                               \
    X(refund_failure_reason)                                                                       \
    X(refund_pending_reason)                                                                       \
    X(refund_destination_type)                                                                     \
    X(refund_reference_status)                                                                     \
    X(refund_card_type)                                                                            \
    X(refund_next_action_type)                                                                     \
    X(charge_status)                                                                               \
    X(settlement_model)                                                                            \
    X(customer_update)                                                                             \
    X(customer_type)                                                                               \
    X(payment_intent_status)                                                                       \
    X(next_action_type)                                                                            \
    X(payment_error_type)                                                                          \
    X(advice_code)                                                                                 \
    X(api_key_type)                                                                                \
    X(api_key_mode)                                                                                \
    X(permission)                                                                                  \
    X(webhook_endpoint_status)                                                                     \
    X(checkout_session_mode)                                                                       \
    X(ui_mode)                                                                                     \
    X(submit_type)                                                                                 \
    X(customer_creation)                                                                           \
    X(checkout_session_status)                                                                     \
    X(payment_status)

/* clang-format on */

#define XPAY_DECLARE_TYPE(t) extern const xpay_type xpay_type_##t;
#define XPAY_DECLARE_ENUM(e) extern const xpay_enum xpay_enum_##e;
XPAY_TYPES(XPAY_DECLARE_TYPE)
XPAY_ENUMS(XPAY_DECLARE_ENUM)

/* Any JSON at all: nothing that could be described, so it is not in the list. */
XPAY_DECLARE_TYPE(raw)

#endif
