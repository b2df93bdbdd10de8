"""A sandbox of its own for each test, and plain HTTP to it. Standard library only."""

import http.client
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, '..', '..', '..'))
BUILD = os.path.abspath(os.environ.get('BUILD') or os.path.join(ROOT, 'build'))
PATIENCE = float(os.environ.get('PATIENCE') or 10)  # seconds; more under valgrind

KEY = 'sk_test_sandbox_secret'
LIVE = 'sk_live_sandbox_secret'
NEW = 'sk_live_sandbox_inactive'

with open(os.path.join(ROOT, 'tests', 'contract', 'openapi.json'), encoding='utf-8') as file:
    CONTRACT = json.load(file)

# operationId -> (method, path, operation)
OPERATIONS = {operation['operationId']: (method.upper(), path, operation)
              for path, methods in CONTRACT['paths'].items()
              for method, operation in methods.items()}

# What all sandboxes of this run together held against the contract.
checked = {'answers': 0, 'events': 0, 'operations': set()}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __getitem__(self, name):
        return self.json[name]

    @property
    def error(self):
        """(status, code, param) of a refusal; (status, None, None) of a success."""
        error = self.json.get('error', {}) if self.status >= 400 else {}
        return self.status, error.get('code'), error.get('param')

    def __repr__(self):
        return f'{self.status} {self.body[:500]!r}'


class Sandbox:
    """The process. stop() gives its exit status; what it wrote to standard error is in .said then."""

    def __init__(self, *arguments):
        self.directory = tempfile.TemporaryDirectory(prefix='xpay-sandbox-')
        port_file = os.path.join(self.directory.name, 'port')
        self.log = open(os.path.join(self.directory.name, 'log'), 'w+', encoding='utf-8')
        self.process = subprocess.Popen(
            [os.path.join(BUILD, 'xpay-sandbox'), '--port', '0', '--port-file', port_file, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log)
        self.connection, self.said, self.status = None, '', None
        deadline = time.monotonic() + PATIENCE
        while not os.path.exists(port_file):
            if self.process.poll() is not None:
                self.stop()
                return
            if time.monotonic() > deadline:
                self.stop()
                raise TimeoutError('the sandbox does not listen')
            time.sleep(0.005)
        with open(port_file, encoding='ascii') as port:
            self.port = int(port.read())
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def stop(self):
        if self.status is None:
            if self.connection:
                self.connection.close()
            if self.process.poll() is None:
                self.process.terminate()
            try:
                self.status = self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.status = self.process.wait()
            self.log.seek(0)
            self.said = self.log.read()
            self.log.close()
            self.directory.cleanup()
        return self.status

    def send(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())

    def call(self, method, path, body=None, key=KEY, idempotency=None, query=None):
        """An operation; body is what json can write, or bytes as they are."""
        headers = {}
        if key:
            headers['Authorization'] = 'Bearer ' + key
        if idempotency:
            headers['Idempotency-Key'] = idempotency
        if body is not None:
            headers['Content-Type'] = 'application/json'
            body = body if isinstance(body, bytes) else json.dumps(body)
        if query:
            path += '?' + urllib.parse.urlencode(query)
        return self.send(method, path, body, headers)

    def control(self, path, method='POST', **body):
        answer = self.send(method, '/_sandbox/' + path, json.dumps(body) if method == 'POST' else None)
        if answer.status != 200:
            raise AssertionError(f'sandbox {path}: {answer}')
        return answer.json

    def page(self, path, **form):
        """The checkout page as a script uses it."""
        headers = {'Accept': 'application/json', 'Content-Type': 'application/x-www-form-urlencoded'}
        return self.send('POST' if form else 'GET', path, urllib.parse.urlencode(form) if form else None, headers)


class Case(unittest.TestCase):
    """Each test has a sandbox of its own. It must end well: no answer may have violated the contract."""

    arguments = ()

    def setUp(self):
        self.sandbox = Sandbox(*self.arguments)
        self.addCleanup(self.end)

    def end(self):
        try:
            report = self.sandbox.control('contract', 'GET')
        finally:
            status = self.sandbox.stop()
        self.assertEqual(report['violations'], [])
        self.assertEqual(status, 0, self.sandbox.said)
        checked['answers'] += report['answers']
        checked['events'] += report['events']
        checked['operations'] |= set(report['operations']) - {'(none)'}

    def call(self, method, path, body=None, **more):
        return self.sandbox.call(method, path, body, **more)

    def made(self, path, body, **more):
        """What a successful POST answers."""
        answer = self.call('POST', path, body, **more)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def assertRefused(self, answer, status, code, param):
        self.assertEqual(answer.error, (status, code, param), answer)

    def assertTable(self, rows, send):
        """rows of (input, status, code, param); status below 400: accepted."""
        for given, status, code, param in rows:
            with self.subTest(given=given):
                self.assertRefused(send(given), status, code, param)

    # What most tests start from.

    def product(self, **body):
        return self.made('/products', {'name': 'Cup', **body})

    def price(self, product=None, **body):
        product = product or self.product()['id']
        return self.made('/prices?productId=' + product,
                         {'type': 'ONE_TIME', 'currency': 'EGP', 'unitAmount': 1000, **body})

    def link(self, *prices, **body):
        lines = [{'priceId': price, 'quantity': 1} for price in prices or ['price_sandbox_tea']]
        return self.made('/payment-links', {'lineItems': lines, 'afterCompletion': CONFIRM, **body})

    def session(self, *prices, **more):
        return self.call('POST', '/checkout/sessions', {
            'afterCompletion': CONFIRM,
            'lineItems': [{'price': price, 'quantity': 1} for price in prices], **more})


CONFIRM = {'type': 'hosted_confirmation'}


class Receiver:
    """A merchant's webhook: with Receiver() as hook: hook.url, hook.got (list of (headers, body))."""

    def __enter__(self):
        receiver = self
        self.got, self.status, self.lock = [], 200, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                with receiver.lock:
                    receiver.got.append((self.headers, body))
                self.send_response(receiver.status)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f'http://127.0.0.1:{self.server.server_port}/hook'
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def until(what, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f'this did not happen in time: {what}')
        time.sleep(0.005)
