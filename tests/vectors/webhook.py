#!/usr/bin/env python3
"""Write webhook signatures that others computed into tests/unit/webhook_vectors.h; with --check, compare it.

The signatures are made by OpenSSL's command line and by generateTestHeaderString of the npm package `stripe`, whose
scheme is the same: HMAC-SHA256 over "<t>.<body>", keyed with the whole secret. NODE_PATH says where that package is.
Nothing of libxpay takes part.
"""
import json
import os
import subprocess
import sys

OUT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "unit", "webhook_vectors.h")

SECRETS = [
    "whsec_x",
    "whsec_test_1234567890abcdef",
    "whsec_" + "k" * 58,   # 64 bytes: one block of the hash
    "whsec_" + "k" * 59,   # one more: the key is hashed first
    "whsec_" + "/+=!~" * 40,
]
TIMES = [1, 1777629600, 4102444800, 999999999999999]
EVENT = ('{"id":"evt_test_1","object":"event","api_version":"3.1.0","created":"2026-05-01T10:00:02.000Z",'
         '"type":"checkout.session.completed","livemode":false,"data":{"object":{"object":"checkout.session",'
         '"id":"cs_test_1","amountTotal":2260400,"metadata":{"note":"قهوة \\u2615 “two”"}}}}')
# Text and how often it is repeated. Lengths stand around the borders of the hash's blocks.
BODIES = ([("", 1), ("{}", 1), (EVENT, 1), (EVENT, 40), ("\n \t{}\r\n", 1), ("\"\\?%s\x7f", 1), ("é", 700)]
          + [("x", n) for n in (1, 43, 44, 45, 51, 52, 53, 54, 55, 56, 63, 64, 65, 117, 118, 119, 128, 4096, 65536)])
# These are no text, so only OpenSSL signs them.
BYTES = [(b"\0", 1), (b"a\0b", 1), (b"\xef\xbb\xbf{}", 1), (b"\xff\xfe\xfd", 9), (bytes(range(256)), 3)]

STRIPE = """
const stripe = require('stripe')('sk_test_none');
const rows = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(rows.map(([secret, timestamp, text, count]) =>
  stripe.webhooks.generateTestHeaderString({payload: text.repeat(count), secret, timestamp}))));
"""


def openssl(secret, timestamp, body):
    digest = subprocess.run(["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + secret.encode().hex()],
                            input=b"%d." % timestamp + body, check=True, capture_output=True).stdout
    return "t=%d,v1=%s" % (timestamp, digest.decode().split()[-1])


def stripe(rows):
    out = subprocess.run(["node", "-e", STRIPE], input=json.dumps(rows).encode(), check=True, capture_output=True).stdout
    return json.loads(out)


def literal(body):
    return '"' + "".join("\\%03o" % b if b < 32 or b > 126 or b in b'"\\?' else chr(b) for b in body) + '"'


def vectors():
    # Not every combination: each secret, time and body meets the others often enough.
    rows = [(SECRETS[i % len(SECRETS)], TIMES[(i // 2) % len(TIMES)], text, count)
            for i, (text, count) in enumerate(BODIES * 3)]
    for (secret, timestamp, text, count), header in zip(rows, stripe(rows)):
        yield "stripe", secret, timestamp, text.encode(), count, header
    for i, (text, count) in enumerate([(t.encode(), c) for t, c in BODIES] + BYTES * 3):
        secret, timestamp = SECRETS[(i + 1) % len(SECRETS)], TIMES[i % len(TIMES)]
        yield "openssl", secret, timestamp, text, count, openssl(secret, timestamp, text * count)


def main():
    lines = ["/* Made by tests/vectors/webhook.py from OpenSSL's command line and the npm package stripe. Do not edit. */",
             "/* clang-format off */"]
    for source, secret, timestamp, body, count, header in vectors():
        lines.append('{"%s", %s, %d, %s, %d, %d,\n "%s"},' % (
            source, literal(secret.encode()), timestamp, literal(body), len(body), count, header))
    text = "\n".join(lines + ["    /* clang-format on */"]) + "\n"
    if sys.argv[1:] != ["--check"]:
        with open(OUT, "w") as file:
            file.write(text)
        return 0
    with open(OUT) as file:
        same = file.read() == text
    print("%d vectors: %s" % (len(lines) - 2, "1 passed, 0 failed" if same else "the file differs: 0 passed, 1 failed"))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
