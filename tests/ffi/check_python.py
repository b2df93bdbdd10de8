#!/usr/bin/env python3
"""Does the library's description suffice to read and write everything without a compiler?

A session is made through examples/ffi/python, paid in the sandbox and read back; every leaf of the raw JSON is compared
with what the binding read through the description. BUILD (default build) has libxpay.so and xpay-sandbox.
"""
import contextlib
import datetime
import decimal
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
BINDING = os.path.join(TOP, "examples/ffi/python")
os.environ["XPAY_LIBRARY"] = os.path.join(BUILD, "libxpay.so")
sys.path.insert(0, BINDING)
sys.dont_write_bytecode = True
import xpay  # noqa: E402

KEY = "sk_test_sandbox_secret"
passed = failed = 0


def check(rule, fine, what=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print(f"{rule}: no {what}")


@contextlib.contextmanager
def sandbox():
    with tempfile.TemporaryDirectory() as work:
        process = subprocess.Popen([os.path.join(BUILD, "xpay-sandbox"), "--port", "0", "--port-file", work + "/port",
                                    "--graph", "both"], cwd=TOP)
        try:
            for _ in range(100):
                if os.path.exists(work + "/port") or process.poll() is not None:
                    break
                time.sleep(0.1)
            with open(work + "/port", encoding="ascii") as file:
                yield "http://127.0.0.1:" + file.read().strip()
        finally:
            process.terminate()
            process.wait()


def request(url, form=None, body=None):
    data = urllib.parse.urlencode(form).encode() if form else json.dumps(body).encode() if body is not None else None
    headers = {"Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=20) as response:
        return json.loads(response.read())


def error_of(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except xpay.Error as error:
        return error
    return None


def raises(kind, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except kind:
        return True
    return False


# The raw JSON is the measure: each of its leaves must be what the binding says at the same place.


def compare(rule, path, raw, seen, field):
    kind = field.kind
    if field.flags & xpay.ARRAY:
        check(rule, len(seen) == len(raw or []), f"{path}: {len(seen)} elements, not {len(raw or [])}")
        single = type(field).from_buffer_copy(field)
        single.flags &= ~xpay.ARRAY
        for i, (one, other) in enumerate(zip(raw or [], seen)):
            compare(rule, f"{path}/{i}", one, other, single)
    elif raw is None:
        check(rule, seen is None, f"{path}: {seen!r} although there is nothing")
    elif kind == xpay.OBJECT:
        compare_object(rule, path, raw, seen)
    else:
        if kind == xpay.TIME:
            expected = datetime.datetime.fromisoformat(raw) if raw else None
        elif kind == xpay.DECIMAL:
            expected = decimal.Decimal(raw)
        elif kind == xpay.MONEY:
            expected = int(raw)
        else:
            expected = raw
        check(rule, seen == expected and type(seen) is type(expected), f"{path}: {seen!r}, not {expected!r}")


def compare_object(rule, path, raw, seen):
    read = set()
    for field in xpay.fields(seen._type):
        name, member = field.name.decode(), field.member.decode()
        value = getattr(seen, member)
        read.add(name)
        if name in raw or value is None or field.presence != xpay.NOWHERE:
            compare(rule, f"{path}/{name}", raw.get(name), value, field)
    for name in set(raw) - read - {"object"}:
        check(rule, False, f"{path}/{name}: in the JSON, but not in the description")


def compare_root(rule, root):
    before = passed
    raw = json.loads(xpay.raw(root), parse_float=decimal.Decimal)
    if isinstance(raw, list):  # a list without an envelope is the one field of its page
        raw = {xpay.fields(root._type)[0].name.decode(): raw}
    compare_object(rule, "", raw, root)
    print(f"{rule}: {passed - before} values")


def check_parameters(client):
    """Every kind of parameter, by name, arrives as it was meant."""
    session = client.create_session(
        after_completion={"type": "redirect", "redirect": {"url": "https://shop.example/{CHECKOUT_SESSION_ID}"}},
        line_items=[{"quantity": 2, "price_data": {
                        "currency": "USD", "unit_amount": 1999,
                        "product_data": {"name": "Book – كتاب", "unit_label": "copy"}}},
                    {"quantity": 1, "price": "price_sandbox_book", "adjustable_quantity": {
                        "enabled": True, "minimum": 1, "maximum": 9}}],
        discounts=[{"coupon": "coupon_sandbox_10"}], allow_promotion_codes=False, phone_number_collection=True,
        customer_details={"name": "Nour", "email": "nour@shop.example", "phone": "+201001234567",
                          "shipping": {"name": "Nour", "address": {"city": "Cairo", "country": "EG"}}},
        custom_fields=[{"label": "Size", "type": "DROPDOWN", "dropdown_options": [{"label": "S"}, {"label": "L"}]}],
        metadata_json={"order_id": "1042", "parts": [1, 2.5, None], "gift": True},
        fee_config={"fees_pass_through": True, "vat_collection_enabled": True, "vat_collection_rate": 1400},
        branding_settings={"color_mode": "dark", "colors": {"primary": "#123456"}},
        payment_method_types=["card"], locale="ar", expires_after_minutes=90, cancel_url=None)
    rule = "parameters are written by their description"
    check(rule, session.status == "open" and session.currency == "EGP", session.currency)
    check(rule, [line.quantity for line in session.line_items] == [2, 1])
    check(rule, session.line_items[0].price.product.name == "Book – كتاب")
    check(rule, session.line_items[1].adjustable_quantity.maximum == 9)
    check(rule, session.presentment_details.currency == "USD")
    check(rule, session.presentment_details.exchange_rate == decimal.Decimal("51.01"))
    check(rule, session.metadata == {"order_id": "1042", "parts": [1, decimal.Decimal("2.5"), None], "gift": True})
    check(rule, session.customer_details.shipping.address.city == "Cairo")
    check(rule, session.custom_fields[0].dropdown_options[1].label == "L")
    check(rule, session.fee_config.vat_collection_rate == 1400 and session.fee_config.fees_pass_through is True)
    check(rule, session.branding_settings.colors.primary == "#123456" and session.locale == "ar")
    check(rule, [option.type for option in session.payment_method_types] == ["card"])
    check(rule, session.expires_at - session.created_at == datetime.timedelta(minutes=90))
    check(rule, session.cancel_url is None and session.phone_number_collection is True)
    return session


def check_catalogue(client):
    """Products, prices, payment links and webhook endpoints: made, read, changed, listed, deleted."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=125000)
    rule = "the catalogue can be kept"
    tea = client.create_product(name="Tea \u2013 \u0634\u0627\u064a", unit_label="pot", metadata={"kind": "hot"},
                                default_price={"currency": "EGP", "type": "ONE_TIME", "unit_amount": 4500})
    compare_root("a new product", tea)
    price = client.create_price(tea.id, name="evening", currency="EGP", type="ONE_TIME", unit_amount=6000, stock=10,
                                start_date=now - datetime.timedelta(days=1), expiration_date=now + datetime.timedelta(days=90))
    compare_root("a new price", price)
    check(rule, (price.product_id, price.unit_amount, price.stock, price.active) == (tea.id, 6000, 10, True))
    check(rule, price.expiration_date == now + datetime.timedelta(days=90), price.expiration_date)
    price = client.update_price(price.id, stock=None, unit_amount=6500, metadata={"shift": "late"})
    check(rule, (price.stock, price.unit_amount) == (None, 6500), price)
    given = client.create_price(tea.id, currency="EGP", type="CUSTOM", custom_unit_amount={"minimum": 100, "preset": 500})
    check(rule, (given.unit_amount, given.custom_unit_amount.minimum) == (None, 100), given)
    product = client.update_product(tea.id, description="loose", image="https://shop.example/tea.png",
                                    default_price=price.id, metadata={"origin": "Assam"})
    compare_root("a product with prices", product)
    check(rule, product.default_price_id == price.id and len(product.prices) == 3, product)
    check(rule, product.metadata == {"kind": "hot", "origin": "Assam"}, product.metadata)
    page = client.products(search="tea", active=True, metadata={"origin": "Assam"}, limit=5)
    compare_root("a list of products", page)
    check(rule, [row.id for row in page.data] == [tea.id] and page.limit == 5, page.to_dict())
    check(rule, client.products(active=False).total_count == 0)

    rule = "links sell the catalogue"
    link = client.create_payment_link(
        line_items=[{"price_id": price.id, "quantity": 2,
                     "adjustable_quantity": {"enabled": True, "minimum": 1, "maximum": 5}}],
        after_completion={"type": "hosted_confirmation", "hosted_confirmation": {"custom_message": "Thanks"}},
        custom_fields=[{"label": "Size", "type": "DROPDOWN", "is_optional": False,
                        "dropdown_options": [{"label": "S"}, {"label": "L"}]},
                       {"label": "Note", "type": "TEXT", "is_optional": True, "has_limits": True,
                        "limit_type": "BETWEEN", "min_characters": 2, "max_characters": 40}],
        name_collection=True, submit_type="BOOK", expires_at=now + datetime.timedelta(days=7), metadata={"stand": "4"},
        fee_config={"fees_pass_through": True, "vat_collection_enabled": True, "vat_collection_rate": 1400},
        branding_settings={"color_mode": "dark", "colors": {"primary": "#123456"}})
    compare_root("a new link", link)
    check(rule, (link.computed_amount, link.currency, link.submit_type) == (13000, "EGP", "BOOK"), link)
    check(rule, link.expires_at == now + datetime.timedelta(days=7), link.expires_at)
    changed = client.update_payment_link(link.id, expires_at=None, custom_fields=[], active=False, fee_config=None)
    compare_root("a changed link", changed)
    check(rule, (changed.expires_at, changed.active, changed.custom_fields or []) == (None, False, []), changed)
    check(rule, client.payment_link(link.id).metadata == {"stand": "4"})
    for filters, found in (({"amount": {"comparison": "eq", "amount": 13000}}, 1),
                           ({"amount": {"comparison": "gt", "amount": 13000}}, 0),
                           ({"amount": {"comparison": "bt", "amount": 100, "upper": 20000}}, 1),
                           ({"date": {"comparison": "last", "count": 7, "unit": "days"}}, 1),
                           ({"date": {"comparison": "eq", "day": "2020-02-29"}}, 0),
                           ({"date": {"comparison": "bt", "day": "2020-01-01", "last_day": "2020-12-31"}}, 0),
                           ({"active": True}, 0), ({"active": False, "search": "tea"}, 1)):
        page = client.payment_links(**filters)
        check(f"links are found by {filters}", page.total_count == found, page.total_count)
    compare_root("a list of links", client.payment_links(timezone="Africa/Cairo"))

    rule = "webhook endpoints can be kept"
    events = ["refund.failed", "charge.refunded"]
    endpoint = client.create_webhook_endpoint(url="https://shop.example/hooks", enabled_events=events,
                                              description="shop")
    secret = endpoint.secret
    check(rule, secret.startswith("whsec_") and endpoint.enabled_events == events, endpoint)
    check("the library prints without secrets", secret not in xpay.printed(endpoint))
    endpoint = client.update_webhook_endpoint(endpoint.id, status="disabled", enabled_events=[], description=None)
    compare_root("a webhook endpoint", endpoint)
    check(rule, (endpoint.status, endpoint.description, endpoint.secret) == ("disabled", None, None), endpoint)
    page = client.webhook_endpoints()
    compare_root("all webhook endpoints", page)
    check(rule, endpoint.id in [row.id for row in page.data])
    check(rule, client.webhook_endpoint(endpoint.id).url == "https://shop.example/hooks")

    rule = "what is deleted is gone"
    client.delete_webhook_endpoint(endpoint.id)
    error = error_of(client.webhook_endpoint, endpoint.id)
    check(rule, error and error.status == "XPAY_ERROR_NOT_FOUND", error)
    error = error_of(client.delete_webhook_endpoint, endpoint.id)
    check(rule, error and (error.status, error.outcome) == ("XPAY_ERROR_NOT_FOUND", "REJECTED"), error)
    error = error_of(client.delete_price, price.id)
    check("a used price stays", error and error.code == "resource_invalid_state", error)
    client.delete_price(given.id)
    unused = client.create_product(name="Unused")
    check(rule, client.delete_product(unused.id) is None)
    check(rule, error_of(client.product, unused.id).status == "XPAY_ERROR_NOT_FOUND")
    error = error_of(client.create_price, "prod_nowhere", currency="EGP", type="ONE_TIME", unit_amount=1)
    check(rule, error and error.status == "XPAY_ERROR_NOT_FOUND", error)
    error = error_of(client.create_price, tea.id, type="ONE_TIME")
    check("a rule between members names the member", error and error.param == "unit_amount", error)
    check("a moment needs its zone", raises(ValueError, client.update_price, price.id,
                                            start_date=datetime.datetime(2026, 1, 1)))


def check_refusals(client, base):
    session = {"after_completion": {"type": "hosted_confirmation"}}
    rule = "what cannot be written is refused in Python"
    check(rule, raises(TypeError, client.create_session, after_compilation={}))
    check(rule, raises(TypeError, client.create_refund, payment_intent_id="pi_1", amount=1.5))
    check(rule, raises(TypeError, client.create_refund, payment_intent_id="pi_1", amount=True))
    check(rule, raises(OverflowError, client.create_refund, payment_intent_id="pi_1", amount=2**63))
    check(rule, raises(ValueError, client.create_session, locale="xx", **session))
    check(rule, raises(ValueError, client.create_session, after_completion=None))
    check(rule, raises(ValueError, client.session, "cs_\0"))

    rule = "errors are decoded"
    error = error_of(client.create_session, line_items=[{"quantity": 1}], **session)
    check(rule, error and (error.status, error.outcome) == ("XPAY_ERROR_ARGUMENT", "NOT_SENT"), error)
    check(rule, error and error.param.startswith("line_items[0]"), error and error.param)
    error = error_of(client.session, "cs_test_nowhere")
    check(rule, error and (error.status, error.http_status) == ("XPAY_ERROR_NOT_FOUND", 404), error)
    check(rule, error and error.code == "resource_missing" and error.request_id.startswith("req_"), error)
    error = error_of(client.create_refund, payment_intent_id="pi_test_nowhere", idempotency_key="ffi-refund-1")
    check(rule, error and (error.outcome, error.idempotency_key) == ("REJECTED", "ffi-refund-1"), error)
    error = error_of(xpay.Client, "pk_test_x", base)
    check(rule, error and error.param == "api_key", error)
    with xpay.Client("sk_test_wrong", base) as stranger:
        error = error_of(stranger.account)
    check(rule, error and error.status == "XPAY_ERROR_AUTHENTICATION", error)


def check_webhooks(base):
    """Every event of the sandbox, signed anew, read through the description."""
    secret = "whsec_ffi"
    verifier = xpay.Verifier(secret)
    events = request(base + "/_sandbox/events")["events"]
    kinds = set()
    for envelope in events:
        body = json.dumps(envelope).encode()
        event = verifier.event(body, xpay.sign(secret, int(time.time()), body))
        kinds.add(event.type)
        check("events have their object", event.data.object.id == envelope["data"]["object"]["id"], event.type)
        compare_root(f"event {event.type}", event)
    check("events were read", {"checkout.session.completed", "refund.created"} <= kinds, kinds)
    charge, = [e for e in events if e["type"] == "charge.refunded"]
    charge["data"]["object"] |= {"status": "FROZEN", "amount": "9007199254740991", "paid": None}
    body = json.dumps(charge).encode()
    changed = verifier.event(body, xpay.sign(secret, int(time.time()), body)).data.object
    check("an unknown name of an enumeration is its text", changed.status == "FROZEN", changed.status)
    check("money is exact, as text too", changed.amount == 2**53 - 1, changed.amount)
    error = error_of(verifier.event, b"{}", "t=1,v1=" + 64 * "0")
    check("a wrong signature is refused", error and error.status == "XPAY_ERROR_SIGNATURE_MISMATCH", error)


def check_walks(client, base):
    """A list of several pages is walked to its end, and what was handed out stays."""
    rule = "lists are walked from end to end"
    made = request(base + "/_sandbox/customers", body={"count": 250})["ids"]
    walked = list(client.each_customer(limit=40))
    check(rule, {c.id for c in walked} >= set(made) and len({c.id for c in walked}) == len(walked), len(walked))
    check(rule, len(walked) == client.customers(limit=1).total_count, len(walked))
    check(rule, [c.id for c in client.each_customer(search=made[7])] == [made[7]])
    compare_root("an item of a walk", walked[0])
    check(rule, [e.url for e in client.each_webhook_endpoint()]
          == [e.url for e in client.webhook_endpoints().data] != [], "webhook endpoints")
    check(rule, len(list(client.each_product())) == client.products().total_count, "products")
    check(rule, raises(TypeError, client.each_customer, page_size=3))
    error = error_of(client.each_customer, limit=101)
    check(rule, error and error.param == "limit", error)

    rule = "nothing comes twice or is missed when customers are added during a walk"
    seen = []
    for customer in client.each_customer(limit=40):
        seen.append(customer.id)
        if len(seen) % 40 == 0:
            request(base + "/_sandbox/customers", body={"count": 7})
    check(rule, len(seen) == len(set(seen)), f"{len(seen) - len(set(seen))} twice")
    check(rule, set(seen) == {c.id for c in walked}, f"{len(walked)} customers, but {len(seen)}")
    walked = list(client.each_customer())
    check(rule, len(walked) > len(seen), "customers added")

    rule = "a walk goes on where it failed"
    walk = client.each_customer(limit=100)
    first = [next(walk) for _ in range(100)]
    request(base + "/_sandbox/faults", body={"operation": "listCustomers", "kind": "status", "status": 403,
                                             "code": "permission_denied", "times": 1})
    error = error_of(next, walk)
    check(rule, error and error.status == "XPAY_ERROR_PERMISSION", error)
    check(rule, len(first + list(walk)) == len(walked))
    walk.close()
    check(rule, raises(ValueError, next, walk))
    closed = xpay.Client(KEY, base)
    walk = closed.each_customer()
    closed.close()
    check(rule, raises(ValueError, next, walk))


def check_raw(client):
    rule = "raw requests bring any JSON"
    made = client.raw("POST", "/customers", {"email": "raw@shop.example", "name": "Raw ق"}, idempotency_key="raw-1")
    check(rule, made.json["email"] == "raw@shop.example" and made.json["name"] == "Raw ق", made.json)
    check(rule, client.raw("GET", "/customers/" + made.json["id"]).json["id"] == made.json["id"])
    check(rule, isinstance(client.raw("GET", "/refunds?limit=1").json, list))
    id_ = made.json["id"]
    known = xpay.read_as(made, "customer")
    made.free()
    check(rule, known.email == "raw@shop.example" and xpay.type_name(known) == "customer", known)
    check(rule, xpay.read_as(client.raw("GET", "/customers/" + id_)).id == id_)
    compare_root("a raw answer that is known", xpay.read_as(client.raw("GET", "/account"), "account"))
    for method, path, body, param in [("GET", "//evil.example", None, "path"), ("GET", "/a\r\nX: y", None, "path"),
                                      ("FETCH", "/a", None, "method"), ("POST", "/a", "{", "body")]:
        error = error_of(client.raw, method, path, body)
        check(rule, error and (error.outcome, error.param) == ("NOT_SENT", param), f"{method} {path}: {error}")
    error = error_of(client.raw, "GET", "/nowhere")
    check(rule, error and error.http_status == 404, error)
    gone = client.raw("DELETE", "/products/" + client.raw("POST", "/products", {"name": "Mint"}).json["id"])
    check(rule, gone.json is None, "answer to a deletion")


def check_ownership(client, id_):
    session = client.session(id_)
    charge = session.payment_intent.charges[0]
    amount = charge.amount
    del session
    check("a nested object keeps its answer", charge.amount == amount)
    charge.free()
    check("what was freed cannot be read", raises(ValueError, getattr, charge, "amount"))
    charge.free()


def check_walk(base, id_):
    environment = dict(os.environ, XPAY_API_KEY=KEY, XPAY_BASE_URL=base)
    done = subprocess.run([sys.executable, "-B", os.path.join(BINDING, "walk.py"), id_], env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    check("walk.py prints the graph and its totals", done.returncode == 0 and "fee_details[0]" in done.stdout
          and "\nnet: " in done.stdout, done.stdout[-500:])
    check("walk.py masks secrets", "client_secret = (secret)" in done.stdout)


def main():
    with sandbox() as base, xpay.Client(KEY, base, app_name="ffi/1") as client:
        request(base + "/_sandbox/webhooks", body={"url": base + "/nowhere"})  # so that there are events
        session = check_parameters(client)
        compare_root("an open session", session)

        page = {"action": "pay", "phone": "+201001234567"}
        page |= {"field." + field.key: "L" for field in session.custom_fields}
        check("the session can be paid", request(f"{base}/c/{session.id}", form=page)["paymentStatus"] == "paid")
        paid = client.session(session.id)
        check("the session is paid", paid.payment_status == "paid" and paid.payment_intent.status == "SUCCEEDED",
              (paid.payment_status, paid.payment_intent.status))
        refund = client.create_refund(payment_intent_id=paid.payment_intent.id, amount=1000,
                                      reason="REQUESTED_BY_CUSTOMER")
        compare_root("a refund", refund)
        check("a refund is an amount in the processing currency", (refund.amount, refund.currency) == (1000, "EGP"))

        again = client.session(session.id)
        compare_root("a session with payment, charge, refund and ledger rows", again)
        total, = xpay.ledger(again).totals
        check("the ledger adds up", total.gross - total.refunded - total.fees == total.net and total.refunded == 1000,
              total.to_dict())
        check("to_dict is plain", json.dumps(again.to_dict(), default=str).count('"balance_transaction"') >= 1)
        check("the library prints without secrets", again.client_secret not in xpay.printed(again))
        check("any value can be asked for",
              json.loads(xpay.raw(again, "/paymentIntent/id")) == again.payment_intent.id)

        compare_root("the account", client.account())
        customer = client.create_customer(email="mona@shop.example", name="Mona", metadata={"vip": "yes"})
        compare_root("a customer", customer)
        compare_root("a list of customers", client.customers(limit=5, search="mona"))
        compare_root("a list of refunds", client.refunds(charge_id=refund.charge_id))
        check("an update is applied", client.update_session(
            client.create_session(after_completion={"type": "hosted_confirmation"},
                                  line_items=[{"price": "price_sandbox_tea", "quantity": 1}]).id,
            metadata={"order_id": "7"}).metadata == {"order_id": "7"})

        check_catalogue(client)
        check_walks(client, base)
        check_raw(client)
        check_refusals(client, base)
        check_webhooks(base)
        check_ownership(client, session.id)
        check_walk(base, session.id)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


main()
