#!/usr/bin/env python3
"""Print everything that belongs to a checkout session, and what it comes to.

    XPAY_API_KEY=sk_test_... ./walk.py cs_test_...     an existing session
    XPAY_API_KEY=sk_test_... ./walk.py                 a new one

XPAY_BASE_URL and XPAY_LIBRARY lead to a sandbox and to a library that is not installed. No name of a member is written
here but those of the totals: what there is to print comes from the library's description of itself.
"""
import os
import sys

import xpay


def walk(value, name="", depth=0, secret=False):
    """Yield a line for each member that is there."""
    indent = "  " * depth
    if isinstance(value, xpay.Object):
        yield f"{indent}{name} ({xpay.type_name(value)})"
        for field in xpay.fields(value._type):
            member = field.member.decode()
            yield from walk(getattr(value, member), member, depth + 1, field.flags & xpay.SECRET)
    elif isinstance(value, list):
        for i, element in enumerate(value):
            yield from walk(element, f"{name}[{i}]", depth, secret)
    elif value is not None:
        yield f"{indent}{name} = {'(secret)' if secret else value}"


def new_session(client):
    return client.create_session(
        after_completion={"type": "hosted_confirmation"},
        line_items=[{"quantity": 2, "price_data": {
            "currency": "EGP", "unit_amount": 4500, "product_data": {"name": "Tea, 250 g"}}}],
        metadata={"order_id": "1042"})


def main():
    with xpay.Client(os.environ.get("XPAY_API_KEY", ""), os.environ.get("XPAY_BASE_URL")) as client:
        session = client.session(sys.argv[1]) if len(sys.argv) > 1 else new_session(client)
    for line in walk(session, "checkout_session"):
        print(line)
    print()
    if session.amount_total is not None:
        print("due:", xpay.money(session.amount_total, session.currency))
    for total in xpay.ledger(session).totals:
        for part in ("gross", "fees", "refunded", "net"):
            print(f"{part}:", xpay.money(getattr(total, part), total.currency))


if __name__ == "__main__":
    try:
        main()
    except xpay.Error as error:
        sys.exit(f"{error} (did it happen? {error.outcome}; next: {error.next_step})")
