"""libxpay from Python: ctypes only, no compiler.

The layouts typed in below are those of structs that a caller makes (options), of the error, and of the description
itself. Everything about answers and parameters is read from the library's own description when a value is needed, so
this file does not change when XPay's objects grow.

    with xpay.Client("sk_test_...") as client:
        session = client.create_session(after_completion={"type": "hosted_confirmation"}, line_items=[...])
        print(session.url, session.to_dict())
        for customer in client.each_customer(search="mona"):
            print(customer.email)

Money and counts are int (minor units), rates Decimal, times datetime in UTC, enumerations XPay's own names, open JSON
dict or list. What is absent is None. XPAY_LIBRARY names another libxpay.so than the installed one.
"""
import ctypes
import datetime
import decimal
import json
import os
from ctypes import c_bool, c_char, c_char_p, c_int32, c_int64, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

TEXT, INTEGER, MONEY, BOOLEAN, TIME, DECIMAL, ENUM, OBJECT, JSON, TEXT_MAP = range(1, 11)  # XPAY_KIND_...
ARRAY, SECRET = 4, 8  # XPAY_FIELD_...
NOWHERE = 0xFFFFFFFF  # XPAY_NO_OFFSET
CLEAR_OFFSET = ctypes.sizeof(c_size_t)  # parameter structs begin with their size_t size and uint64_t clear
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def struct(name, *fields):
    return type(name, (ctypes.Structure,), {"_fields_": fields})


ClientOptions = struct(
    "ClientOptions", ("size", c_size_t), ("header_version", c_uint32), ("max_connections", c_uint32),
    ("api_key", c_char_p), ("base_url", c_char_p), ("ca_file", c_char_p), ("proxy", c_char_p), ("app_name", c_char_p),
    ("timeout_ms", c_int64), ("connect_timeout_ms", c_int64), ("max_retry_after_ms", c_int64),
    ("max_response_bytes", c_size_t), ("max_attempts", c_int32), ("retry_budget", c_int32), ("intent_store", c_void_p),
    ("log", c_void_p), ("log_context", c_void_p), ("trace", c_void_p), ("trace_context", c_void_p),
    ("log_level", c_int32), ("trace_bodies", c_bool), ("proxy_from_environment", c_bool), ("send_live_mode", c_bool),
    ("reserved", c_uint8 * 1))
RequestOptions = struct(
    "RequestOptions", ("size", c_size_t), ("idempotency_key", c_char_p), ("order_reference", c_char_p),
    ("cancel", c_void_p), ("timeout_ms", c_int64), ("max_attempts", c_int32), ("no_idempotency_key", c_bool),
    ("reserved", c_uint8 * 3))
WebhookSecret = struct(
    "WebhookSecret", ("size", c_size_t), ("secret", c_char_p), ("label", c_char_p), ("not_after", c_int64))
RawRequestParams = struct(
    "RawRequestParams", ("size", c_size_t), ("method", c_char_p), ("path", c_char_p), ("body", c_char_p),
    ("deduplicated", c_bool), ("reserved", c_uint8 * 7))
WebhookOptions = struct(
    "WebhookOptions", ("size", c_size_t), ("secret", c_char_p), ("secrets", ctypes.POINTER(WebhookSecret)),
    ("secrets_count", c_size_t), ("tolerance_seconds", c_int64), ("max_body_bytes", c_size_t), ("clock", c_void_p),
    ("clock_context", c_void_p))
ErrorRecord = struct(
    "ErrorRecord", ("status", c_int32), ("outcome", c_int32), ("next_step", c_int32), ("http_status", c_int32),
    ("attempts", c_int32), ("transport_code", c_int32), ("offset", c_int64), ("type", c_char * 32),
    ("code", c_char * 64), ("param", c_char * 160), ("message", c_char * 640), ("doc_url", c_char * 192),
    ("request_id", c_char * 64), ("idempotency_key", c_char * 256), ("retry_after_ms", c_int64),
    ("reserved", c_char * 600))

Field = struct(
    "Field", ("name", c_char_p), ("member", c_char_p), ("kind", c_int32), ("flags", c_uint32), ("offset", c_uint32),
    ("presence", c_uint32), ("type", c_void_p), ("values", c_void_p), ("minimum", c_int64), ("maximum", c_int64),
    ("format", c_int32), ("clear_bit", c_uint32))
EnumValues = struct("EnumValues", ("name", c_char_p), ("names", ctypes.POINTER(c_char_p)), ("count", c_size_t))
ObjectHead = struct("ObjectHead", ("type", c_void_p), ("root", c_void_p), ("json", c_void_p))
DecimalValue = struct("DecimalValue", ("digits", c_char_p), ("value", ctypes.c_double))
JsonValue = struct("JsonValue", ("text", c_char_p), ("length", c_size_t))
TextPair = struct("TextPair", ("name", c_char_p), ("value", c_char_p))

MEMBER_TYPES = {TEXT: c_char_p, INTEGER: c_int64, MONEY: c_int64, BOOLEAN: c_bool, TIME: c_int64,
                DECIMAL: DecimalValue, ENUM: c_int32, OBJECT: c_void_p, JSON: c_void_p}

lib = ctypes.CDLL(os.environ.get("XPAY_LIBRARY", "libxpay.so.0"))

OUT = ctypes.POINTER(c_void_p)
ERROR = ctypes.POINTER(ErrorRecord)
OPTIONS = ctypes.POINTER(RequestOptions)
for name, result, *parameters in [
        ("version", c_char_p),
        ("status_name", c_char_p, c_int32),
        ("outcome_name", c_char_p, c_int32),
        ("next_step_name", c_char_p, c_int32),
        ("client_options_init", None, ctypes.POINTER(ClientOptions), c_size_t),
        ("request_options_init", None, OPTIONS, c_size_t),
        ("client_new", c_int32, ctypes.POINTER(ClientOptions), OUT, ERROR),
        ("client_free", None, c_void_p),
        ("raw_request_params_init", None, ctypes.POINTER(RawRequestParams), c_size_t),
        ("raw_request", c_int32, c_void_p, ctypes.POINTER(RawRequestParams), OPTIONS, OUT, ERROR),
        ("raw_read_as", c_int32, c_void_p, c_char_p, OUT, ERROR),
        ("iterator_next", c_int32, c_void_p, OUT, ERROR),
        ("iterator_free", None, c_void_p),
        ("object_free", None, c_void_p),
        ("object_copy", c_int32, c_void_p, OUT),
        ("object_json", c_void_p, c_void_p, ctypes.POINTER(c_size_t)),
        ("object_get", c_int32, c_void_p, c_char_p, OUT, ctypes.POINTER(c_size_t)),
        ("object_print", c_int32, c_void_p, OUT),
        ("text_free", None, c_void_p),
        ("type_by_name", c_void_p, c_char_p),
        ("type_name", c_char_p, c_void_p),
        ("type_size", c_size_t, c_void_p),
        ("type_field_count", c_size_t, c_void_p),
        ("type_field", ctypes.POINTER(Field), c_void_p, c_size_t),
        ("type_field_by_name", ctypes.POINTER(Field), c_void_p, c_char_p),
        ("enum_name", c_char_p, c_void_p, c_int32),
        ("checkout_session_ledger", c_int32, c_void_p, OUT, ERROR),
        ("checkout_session_fulfillment", c_int32, c_void_p),
        ("money_format", c_int32, c_int64, c_int32, c_char_p, c_size_t),
        ("currency_from_code", c_int32, c_char_p),
        ("webhook_options_init", None, ctypes.POINTER(WebhookOptions), c_size_t),
        ("webhook_verifier_new", c_int32, ctypes.POINTER(WebhookOptions), OUT, ERROR),
        ("webhook_verifier_free", None, c_void_p),
        ("webhook_construct_event", c_int32, c_void_p, c_char_p, c_size_t, c_char_p, OUT, ERROR),
        ("webhook_sign", c_int32, c_char_p, c_int64, c_char_p, c_size_t, c_char_p, c_size_t)]:
    function = getattr(lib, "xpay_" + name)
    function.restype, function.argtypes = result, parameters


class Error(Exception):
    """A call failed. `outcome` says whether it may have happened all the same, `next_step` what to do."""

    def __init__(self, record):
        self.status = lib.xpay_status_name(record.status).decode()
        self.outcome = lib.xpay_outcome_name(record.outcome).decode()
        self.next_step = lib.xpay_next_step_name(record.next_step).decode()
        self.http_status, self.attempts, self.offset = record.http_status, record.attempts, record.offset
        for name in ("type", "code", "param", "message", "doc_url", "request_id", "idempotency_key"):
            setattr(self, name, getattr(record, name).decode())
        super().__init__(f"{self.status}: {self.message}")


def answer(function, *arguments):
    """Call a function that ends with (out, error); the address that it gives."""
    out, record = c_void_p(), ErrorRecord()
    if function(*arguments, ctypes.byref(out), ctypes.byref(record)) != 0:
        raise Error(record)
    return out.value


# Reading: what the description says of a struct, applied to memory


def fields(type_):
    return [lib.xpay_type_field(type_, i).contents for i in range(lib.xpay_type_field_count(type_))]


class Root:
    """Owns one answer: everything below it lives as long as this."""

    def __init__(self, address):
        self.address = address

    def free(self):
        if self.address is not None:
            lib.xpay_object_free(self.address)
            self.address = None

    __del__ = free


class Object:
    """One struct of an answer; its members are attributes, by their C names. `_type` is for this module's functions."""

    def __init__(self, address, root=None):
        self._address = address
        self._root = root or Root(address)
        self._type = ObjectHead.from_address(address).type

    def _alive(self):
        if self._root.address is None:
            raise ValueError("the answer was freed")
        return self._address

    def __getattr__(self, name):
        field = lib.xpay_type_field_by_name(self._type, name.encode()) if not name.startswith("_") else None
        if not field:
            raise AttributeError(f"xpay_{type_name(self)} has no member {name}")
        return self._read(field.contents)

    def __dir__(self):
        return [f.member.decode() for f in fields(self._type)] + ["to_dict", "free"]

    def __repr__(self):
        return f"<xpay_{type_name(self)} {getattr(self, 'id', None) or ''}>".replace(" >", ">")

    def _read(self, field):
        at = self._alive() + field.offset
        if field.flags & ARRAY:
            member = MEMBER_TYPES[field.kind]
            first = c_void_p.from_address(at).value
            count = c_size_t.from_address(self._address + field.presence).value
            return [self._value(field, first + i * ctypes.sizeof(member)) for i in range(count)]
        if field.presence != NOWHERE and not c_bool.from_address(self._address + field.presence).value:
            return None
        return self._value(field, at)

    def _value(self, field, at):
        value = MEMBER_TYPES[field.kind].from_address(at)
        if field.kind == DECIMAL:
            return decimal.Decimal(value.digits.decode()) if value.digits is not None else None
        if value.value is None:
            return None
        if field.kind == TEXT:
            return value.value.decode()
        if field.kind == TIME:
            return EPOCH + datetime.timedelta(milliseconds=value.value)
        if field.kind == ENUM:
            name = lib.xpay_enum_name(field.values, value.value)
            return name.decode() if name is not None else self._unknown(field)
        if field.kind == OBJECT:
            return Object(value.value, self._root)
        if field.kind == JSON:
            return json.loads(JsonValue.from_address(value.value).text, parse_float=decimal.Decimal)
        return value.value

    def _unknown(self, field):
        """Text of an enumeration's value that this libxpay has no number for; None when nothing came."""
        text = raw(self, "/" + field.name.decode())
        return json.loads(text) if text is not None and not field.flags & ARRAY else None

    def to_dict(self):
        """The whole graph below as dict, list and plain values, by C names, without what is absent."""
        plain = {f.member.decode(): self._read(f) for f in fields(self._type)}
        return {name: unfold(value) for name, value in plain.items() if value is not None}

    def free(self):
        """Free the whole answer now rather than when nothing refers to it any more."""
        self._root.free()


def unfold(value):
    if isinstance(value, Object):
        return value.to_dict()
    return [unfold(element) for element in value] if isinstance(value, list) else value


def type_name(object_):
    return lib.xpay_type_name(object_._type).decode()


def raw(object_, pointer=None):
    """The JSON as it came: of an object, or of what a JSON pointer leads to in it; None when nothing is there."""
    length = c_size_t()
    if pointer is None:
        return ctypes.string_at(lib.xpay_object_json(object_._alive(), length), length.value)
    value = c_void_p()
    if lib.xpay_object_get(object_._alive(), pointer.encode(), ctypes.byref(value), length) != 0:
        return None
    return ctypes.string_at(value.value, length.value)


def printed(object_):
    """The library's own rendering, with secrets masked."""
    text = c_void_p()
    if lib.xpay_object_print(object_._alive(), ctypes.byref(text)) != 0:
        raise MemoryError
    try:
        return ctypes.string_at(text.value).decode()
    finally:
        lib.xpay_text_free(text)


# Writing: parameter structs, filled by the description


class Params:
    """A parameter struct made from a dict. None sends null. Names are the C names, or XPay's."""

    def __init__(self, name, values):
        self.keep = []  # what the struct points to
        self.address = self.fill(name, [values])

    def fill(self, name, rows):
        """An array of structs of one type."""
        type_ = lib.xpay_type_by_name(name.encode())
        size = lib.xpay_type_size(type_)
        memory = self.hold(ctypes.create_string_buffer(size * max(len(rows), 1)))
        for i, row in enumerate(rows):
            address = ctypes.addressof(memory) + i * size
            getattr(lib, f"xpay_{name}_init")(c_void_p(address), c_size_t(size))
            for key, value in row.items():
                field = lib.xpay_type_field_by_name(type_, key.encode())
                if not field:
                    raise TypeError(f"xpay_{name} has no member {key}")
                self.write(address, field.contents, value)
        return ctypes.addressof(memory)

    def hold(self, thing):
        self.keep.append(thing)
        return thing

    def text(self, value):
        return self.hold(text(value))

    def write(self, address, field, value):
        member = field.member.decode()
        if value is None:
            if field.clear_bit == NOWHERE:
                raise ValueError(f"{member} cannot be null")
            c_uint64.from_address(address + CLEAR_OFFSET).value |= 1 << field.clear_bit
        elif field.flags & ARRAY:
            c_void_p.from_address(address + field.offset).value = self.array(field, value)
            c_size_t.from_address(address + field.presence).value = len(value)
        else:
            slot = MEMBER_TYPES[field.kind].from_address(address + field.offset)
            slot.value = self.scalar(field, value)
            if field.presence != NOWHERE:
                c_bool.from_address(address + field.presence).value = True

    def array(self, field, values):
        if field.kind == OBJECT:
            return self.fill(lib.xpay_type_name(field.type).decode(), values)
        if field.kind == TEXT_MAP:
            elements = [TextPair(self.text(name), self.text(value)) for name, value in values.items()]
            memory = (TextPair * max(len(elements), 1))(*elements)
        else:
            elements = [self.scalar(field, value) for value in values]
            memory = (MEMBER_TYPES[field.kind] * max(len(elements), 1))(*elements)
        return ctypes.addressof(self.hold(memory))

    def scalar(self, field, value):
        member = field.member.decode()
        if field.kind == TEXT:
            return self.text(value)
        if field.kind == JSON:
            return ctypes.cast(self.text(value if isinstance(value, str) else json.dumps(value)), c_void_p).value
        if field.kind == OBJECT:
            return self.fill(lib.xpay_type_name(field.type).decode(), [value])
        if field.kind == ENUM:
            known = ctypes.cast(field.values, ctypes.POINTER(EnumValues)).contents
            names = [known.names[i].decode() for i in range(known.count)]
            if value not in names:
                raise ValueError(f"{member}: {value!r} is none of {', '.join(names)}")
            return names.index(value) + 1
        if field.kind == TIME and isinstance(value, datetime.datetime):
            if value.tzinfo is None:
                raise ValueError(f"{member}: {value!r} has no time zone")
            return (value - EPOCH) // datetime.timedelta(milliseconds=1)
        wanted = bool if field.kind == BOOLEAN else int
        if type(value) is not wanted:
            raise TypeError(f"{member}: {wanted.__name__} expected, not {value!r}")
        if wanted is int and not -2**63 <= value < 2**63:
            raise OverflowError(f"{member}: {value} is too large")
        return value


def text(value):
    encoded = value.encode()
    if b"\0" in encoded:
        raise ValueError("a NUL cannot be sent")
    return encoded


# Calling


def request_options(idempotency_key, timeout_ms):
    options = RequestOptions()
    lib.xpay_request_options_init(ctypes.byref(options), ctypes.sizeof(options))
    options.idempotency_key = idempotency_key.encode() if idempotency_key is not None else None
    options.timeout_ms = timeout_ms
    return options


class Walk:
    """A list, item by item, fetched page by page. After an Error, next() asks for the same page again."""

    def __init__(self, client, address):
        self.client, self.address = client, address

    def close(self):
        if self.address is not None:
            lib.xpay_iterator_free(self.address)
            self.address = None

    __del__ = close

    def __iter__(self):
        return self

    def __next__(self):
        if self.address is None or self.client.address is None:
            raise ValueError("the walk or its client was closed")
        item = answer(lib.xpay_iterator_next, c_void_p(self.address))
        if item is None:
            raise StopIteration
        copy = c_void_p()  # the item itself goes with the next step
        if lib.xpay_object_copy(item, ctypes.byref(copy)) != 0:
            raise MemoryError
        return Object(copy.value)


class Client:
    """One for a program; use it from all threads."""

    def __init__(self, api_key, base_url=None, **options):
        record = ClientOptions()
        lib.xpay_client_options_init(ctypes.byref(record), ctypes.sizeof(record))
        for name, value in dict(options, api_key=api_key, base_url=base_url).items():
            setattr(record, name, value.encode() if isinstance(value, str) else value)
        self.address = None
        self.address = answer(lib.xpay_client_new, record)

    def close(self):
        if self.address is not None:
            lib.xpay_client_free(self.address)
            self.address = None

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def call(self, function, id_=None, params=None, idempotency_key=None, timeout_ms=0):
        """xpay_<function>(client, [id], [params], options, out, error); params is (type, values)."""
        options = request_options(idempotency_key, timeout_ms)
        filled = Params(*params) if params is not None else None
        arguments = [c_void_p(self.address)]
        arguments += [c_char_p(text(id_))] if id_ is not None else []
        arguments += [c_void_p(filled.address)] if filled is not None else []
        arguments += [ctypes.byref(options)]
        if function.endswith("_delete"):
            record = ErrorRecord()
            if getattr(lib, "xpay_" + function)(*arguments, ctypes.byref(record)) != 0:
                raise Error(record)
            return None
        return Object(answer(getattr(lib, "xpay_" + function), *arguments))

    def walk(self, function, params=None, timeout_ms=0):
        """xpay_<function>(client, [params], options, iterator, error): all items of a list; timeout_ms is a page's."""
        filled = Params(*params) if params is not None else None
        arguments = [c_void_p(filled.address)] if filled is not None else []
        options = request_options(None, timeout_ms)
        return Walk(self, answer(getattr(lib, "xpay_" + function), c_void_p(self.address), *arguments,
                                 ctypes.byref(options)))

    def raw(self, method, path, body=None, idempotency_key=None, timeout_ms=0, deduplicated=False):
        """Any request, for what has no method here; body is JSON text, or what becomes it. The answer's is in .json."""
        params = RawRequestParams()
        lib.xpay_raw_request_params_init(ctypes.byref(params), ctypes.sizeof(params))
        params.method, params.path, params.deduplicated = text(method), text(path), deduplicated
        if body is not None:
            params.body = text(body if isinstance(body, str) else json.dumps(body))
        return Object(answer(lib.xpay_raw_request, c_void_p(self.address), params,
                             request_options(idempotency_key, timeout_ms)))

    def account(self):
        return self.call("account_retrieve")

    def create_session(self, idempotency_key=None, **values):
        return self.call("checkout_session_create", None, ("checkout_session_create_params", values), idempotency_key)

    def session(self, id_):
        return self.call("checkout_session_retrieve", id_)

    def update_session(self, id_, idempotency_key=None, **values):
        return self.call("checkout_session_update", id_, ("checkout_session_update_params", values), idempotency_key)

    def expire_session(self, id_, idempotency_key=None):
        return self.call("checkout_session_expire", id_, None, idempotency_key)

    def create_refund(self, idempotency_key=None, **values):
        return self.call("refund_create", None, ("refund_create_params", values), idempotency_key)

    def refund(self, id_):
        return self.call("refund_retrieve", id_)

    def refunds(self, **values):
        return self.call("refund_list", None, ("refund_list_params", values))

    def each_refund(self, **values):
        return self.walk("refund_iterate", ("refund_list_params", values))

    def create_customer(self, idempotency_key=None, **values):
        return self.call("customer_create", None, ("customer_create_params", values), idempotency_key)

    def customer(self, id_):
        return self.call("customer_retrieve", id_)

    def customers(self, **values):
        return self.call("customer_list", None, ("customer_list_params", values))

    def each_customer(self, **values):
        return self.walk("customer_iterate", ("customer_list_params", values))

    def create_product(self, idempotency_key=None, **values):
        return self.call("product_create", None, ("product_create_params", values), idempotency_key)

    def product(self, id_):
        return self.call("product_retrieve", id_)

    def update_product(self, id_, idempotency_key=None, **values):
        return self.call("product_update", id_, ("product_update_params", values), idempotency_key)

    def delete_product(self, id_):
        return self.call("product_delete", id_)

    def products(self, **values):
        return self.call("product_list", None, ("product_list_params", values))

    def each_product(self, **values):
        return self.walk("product_iterate", ("product_list_params", values))

    def create_price(self, product_id, idempotency_key=None, **values):
        return self.call("price_create", product_id, ("price_create_params", values), idempotency_key)

    def update_price(self, id_, idempotency_key=None, **values):
        return self.call("price_update", id_, ("price_update_params", values), idempotency_key)

    def delete_price(self, id_):
        return self.call("price_delete", id_)

    def create_payment_link(self, idempotency_key=None, **values):
        return self.call("payment_link_create", None, ("payment_link_create_params", values), idempotency_key)

    def payment_link(self, id_):
        return self.call("payment_link_retrieve", id_)

    def update_payment_link(self, id_, idempotency_key=None, **values):
        return self.call("payment_link_update", id_, ("payment_link_update_params", values), idempotency_key)

    def payment_links(self, **values):
        return self.call("payment_link_list", None, ("payment_link_list_params", values))

    def each_payment_link(self, **values):
        return self.walk("payment_link_iterate", ("payment_link_list_params", values))

    def create_webhook_endpoint(self, idempotency_key=None, **values):
        return self.call("webhook_endpoint_create", None, ("webhook_endpoint_create_params", values), idempotency_key)

    def webhook_endpoint(self, id_):
        return self.call("webhook_endpoint_retrieve", id_)

    def update_webhook_endpoint(self, id_, idempotency_key=None, **values):
        return self.call("webhook_endpoint_update", id_, ("webhook_endpoint_update_params", values), idempotency_key)

    def delete_webhook_endpoint(self, id_):
        return self.call("webhook_endpoint_delete", id_)

    def webhook_endpoints(self):
        return self.call("webhook_endpoint_list")

    def each_webhook_endpoint(self):
        return self.walk("webhook_endpoint_iterate")


class Verifier:
    """Checks webhooks of one endpoint. `secrets` are more that are accepted: (secret, label, not_after) each."""

    def __init__(self, secret, secrets=(), tolerance_seconds=0):
        options = WebhookOptions()
        lib.xpay_webhook_options_init(ctypes.byref(options), ctypes.sizeof(options))
        options.secret = secret.encode()
        more = (WebhookSecret * len(secrets))(*(
            (ctypes.sizeof(WebhookSecret), text.encode(), label.encode(), not_after) for text, label, not_after in secrets))
        options.secrets, options.secrets_count = more, len(more)
        options.tolerance_seconds = tolerance_seconds
        self.address = None
        self.address = answer(lib.xpay_webhook_verifier_new, options)

    def __del__(self):
        if self.address is not None:
            lib.xpay_webhook_verifier_free(self.address)

    def event(self, body, header):
        """The event of a delivery: `body` is the raw bytes, `header` the value of XPay-Signature."""
        return Object(answer(lib.xpay_webhook_construct_event, self.address, body, len(body),
                             header.encode() if header is not None else None))


def sign(secret, timestamp, body):
    """The header that XPay would send, for tests."""
    header = ctypes.create_string_buffer(128)
    if lib.xpay_webhook_sign(secret.encode(), timestamp, body, len(body), header, len(header)) != 0:
        raise ValueError("misshapen secret")
    return header.value.decode()


def read_as(raw_answer, type_=None):
    """The answer to a raw request as an object that is known: "customer", or what it says that it is."""
    return Object(answer(lib.xpay_raw_read_as, raw_answer._alive(), text(type_) if type_ is not None else None))


def ledger(session):
    """What was taken, what it cost, what went back."""
    return Object(answer(lib.xpay_checkout_session_ledger, session._alive()))


def money(amount, currency):
    """Such as "1499.00 EGP"."""
    shown = ctypes.create_string_buffer(32)
    if lib.xpay_money_format(amount, lib.xpay_currency_from_code(currency.encode()), shown, len(shown)) != 0:
        raise ValueError(f"{currency} is not a currency of XPay's")
    return shown.value.decode()
