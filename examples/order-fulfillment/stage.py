"""The stage for the demo and the tests: sandbox, warehouse and order server, in a directory of their own.

    with Stage() as stage:
        order = stage.shop.buy(mug=1)
        stage.sandbox.pay(order['session'])

Standard library only. Whatever happens inside, no process and no file is left behind.
"""

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get('BUILD') or os.path.join(HERE, '..', '..', 'build'))
EVENTS = ['checkout.session.completed', 'checkout.session.expired',
          'checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed',
          'payment_intent.payment_failed', 'charge.refunded', 'refund.created', 'refund.failed']
PATIENCE = float(os.environ.get('PATIENCE') or 10)  # seconds; more under valgrind


class Unexpected(Exception):
    """Something is not as the story says."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Unexpected(f'not JSON ({self.status}): {self.body[:200]!r}') from None

    @property
    def location(self):
        return self.headers.get('Location', '')


def fetch(method, url, body=None, headers=None):
    """One request, on a connection of its own; redirects are not followed."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    path = parts.path + ('?' + parts.query if parts.query else '')
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def until(what, condition, seconds=None):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + (seconds or PATIENCE)
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Unexpected(f'this did not happen in time: {what}')
        time.sleep(0.01)


class Program:
    """One of the processes, with its log and the port that it announces."""

    def __init__(self, stage, name, arguments=(), settings=None, number=''):
        self.stage, self.name, self.port, self.process = stage, name, 0, None
        self.arguments, self.settings = list(arguments), dict(settings or {})
        self.place = os.path.join(stage.directory, name + number)
        self.log_path = self.place + '.log'

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    @property
    def announcement(self):
        return self.place + '.port'

    def environment(self):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith('XPAY_') and name not in ('PORT', 'BIND', 'DATABASE_URL')}
        return {**kept, **self.settings, 'PORT': str(self.port), 'PORT_FILE': self.announcement}

    def start(self):
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.announcement)
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen(
                [os.path.join(BUILD, self.name), *self.arguments], env=self.environment(),
                cwd=self.stage.directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)

        def announced():
            if self.process.poll() is not None:
                raise Unexpected(f'{self.name} ended with {self.process.returncode}')
            with contextlib.suppress(FileNotFoundError, ValueError):
                with open(self.announcement) as file:
                    return int(file.read())
            return 0
        self.port = until(f'{self.name} listens', announced)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it in order; True if it ended well."""
        if not self.process:
            return True
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait() in (0, -signal.SIGKILL, -signal.SIGTERM)

    def log_tail(self, lines=12):
        with contextlib.suppress(FileNotFoundError):
            with open(self.log_path, errors='replace') as log:
                return ''.join(f'  {self.name}: {line}' for line in log.readlines()[-lines:])
        return ''


class Sandbox(Program):
    def __init__(self, stage, arguments):
        super().__init__(stage, 'xpay-sandbox',
                         ['--port', '0', '--port-file',
                          os.path.join(stage.directory, 'xpay-sandbox.port'), *arguments])

    def control(self, path, method='POST', **body):
        answer = fetch(method, f'{self.url}/_sandbox/{path}',
                       json.dumps(body) if method == 'POST' else None,
                       {'Content-Type': 'application/json'})
        if answer.status >= 300:
            raise Unexpected(f'sandbox {path}: {answer.status} {answer.body[:300]!r}')
        return answer.json if answer.body else {}

    def act(self, session, action, **fields):
        """What a customer does on the checkout page."""
        form = urllib.parse.urlencode({'action': action, **fields})
        answer = fetch('POST', f'{self.url}/c/{session}', form,
                       {'Content-Type': 'application/x-www-form-urlencoded'})
        expected = 402 if action == 'decline' else 303 if action == 'pay' else 200
        if answer.status != expected and not (action == 'pay' and answer.status == 200):
            raise Unexpected(f'checkout page, {action}: {answer.status}')
        return answer

    def pay(self, session, **fields):
        return self.act(session, 'pay', **fields)

    def session(self, session):
        answer = fetch('GET', f'{self.url}/checkout/sessions/{session}',
                       headers={'Authorization': 'Bearer ' + self.stage.api_key})
        return answer.json

    def lose(self, operation, kind):
        """Loses the answer to the next call in that way, and the answers to its repeats."""
        self.control('faults', operation=operation, kind=kind, times=1)
        self.control('faults', operation=operation, kind='cut_before', times=50)

    @property
    def state(self):
        return self.control('state', 'GET')

    def events(self, type=None):
        events = self.control('events', 'GET')['events']
        return [event for event in events if type in (None, event['type'])]

    def deliveries(self):
        return self.control('deliveries', 'GET')

    def settle(self):
        """Waits until nothing is on its way to the shop any more."""
        until('all webhooks are delivered',
              lambda: not self.deliveries()['open'] and
              not any(d['status'] == 'held' for d in self.deliveries()['deliveries']))


class Shop(Program):
    staff = {'Accept': 'application/json'}

    def get(self, path):
        answer = fetch('GET', self.url + path, headers=self.staff)
        if answer.status != 200:
            raise Unexpected(f'GET {path}: {answer.status} {answer.body[:300]!r}')
        return answer.json

    def post(self, path, headers=None, **form):
        return fetch('POST', self.url + path, urllib.parse.urlencode(form),
                     {'Content-Type': 'application/x-www-form-urlencoded', **self.staff,
                      **(headers or {})})

    def buy(self, cookie=None, **cart):
        answer = self.post('/checkout', {'Cookie': cookie} if cookie else None,
                           **{'qty_' + sku: quantity for sku, quantity in cart.items()})
        if answer.status != 200:
            raise Unexpected(f'checkout: {answer.status} {answer.body[:300]!r}')
        return answer.json

    def sign_in(self, email):
        answer = self.post('/sign-in', email=email)
        return answer.headers['Set-Cookie'].split(';')[0]

    def order(self, order):
        return self.get('/orders/' + order)

    @property
    def orders(self):
        return self.get('/orders')['orders']

    @property
    def reviews(self):
        return self.get('/reviews')['reviews']

    def refund(self, order, amount=''):
        return self.post(f'/orders/{order}/refunds', amount=amount)

    def return_page(self, session):
        return fetch('GET', f'{self.url}/return?session_id={session}', headers={
            'Accept': 'application/json'})

    def webhook(self, event, at=None, secret=None, signature=None):
        """Delivers an event by hand."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        if signature is None:
            signature = sign(body, secret or self.stage.secret, at)
        return fetch('POST', self.url + '/webhooks/xpay', body,
                     {'XPay-Signature': signature, 'Content-Type': 'application/json'})

    def sweep(self):
        with open(self.log_path, 'ab') as log:
            done = subprocess.run([os.path.join(BUILD, self.name), 'sweep'],
                                  env=self.environment(), cwd=self.stage.directory, stdout=log,
                                  stderr=log, timeout=60, check=False)
        return done.returncode

    def ledger(self):
        answer = self.get('/ledger')
        egp = [row for row in answer['totals'] if row['currency'] == 'EGP']
        return answer, egp[0] if egp else None


class Warehouse(Program):
    @property
    def shipments(self):
        return fetch('GET', self.url + '/shipments').json['shipments']

    def count(self, order=None):
        return len([s for s in self.shipments
                    if order in (None, json.loads(s['body'])['order'])])

    def wait_for(self, order):
        until(f'{order} is shipped', lambda: self.count(order))


def sign(body, secret, at=None):
    """The XPay-Signature header of a body."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()
    return f't={at},v1={digest}'


class Stage:
    api_key = 'sk_test_sandbox_secret'

    def __init__(self, schedule='0,200,400,800,1600', graph='contract', database=None, **settings):
        self.settings, self.schedule, self.graph = settings, schedule, graph
        self.make_database, self.database = database, None  # called with the directory; has a url
        self.programs, self.directory, self.logs, self.ended_well = [], None, '', True
        self.secret = 'whsec_' + secrets.token_hex(24)

    def __enter__(self):
        password = secrets.token_hex(8)
        Shop.staff = {'Accept': 'application/json', 'Authorization': 'Basic ' +
                      base64.b64encode(f'staff:{password}'.encode()).decode()}
        try:
            self.directory = tempfile.mkdtemp(prefix='order-fulfillment-')
            self.database = self.make_database(self.directory) if self.make_database else None
            self.sandbox = Sandbox(self, ['--webhook-schedule', self.schedule,
                                          '--graph', self.graph])
            self.warehouse = Warehouse(self, 'warehouse', settings={
                'DATABASE_URL': 'sqlite:warehouse.db'})
            self.programs = [self.sandbox, self.warehouse]
            self.sandbox.start()
            self.warehouse.start()
            self.shop = Shop(self, 'order-server', settings={
                'XPAY_API_KEY': self.api_key,
                'XPAY_BASE_URL': self.sandbox.url,
                'XPAY_WEBHOOK_SECRET': self.secret,
                'WAREHOUSE_URL': self.warehouse.url,
                'DATABASE_URL': self.database.url if self.database else 'sqlite:orders.db',
                'STAFF_PASSWORD': password,
                'SWEEP_SECONDS': '0',
                'SWEEP_RATE': '200',
                **self.settings})
            self.programs.append(self.shop)
            self.shop.start()
            self.endpoint = self.sandbox.control('webhooks', url=self.shop.url + '/webhooks/xpay',
                                                 secret=self.secret, enabledEvents=EVENTS)['id']
        except BaseException:
            self.__exit__()
            raise
        return self

    def another_shop(self, **settings):
        """One more process of the shop, with the same database."""
        shop = Shop(self, 'order-server', settings={**self.shop.settings, **settings},
                    number=str(len(self.programs)))
        self.programs.append(shop)
        return shop.start()

    def __exit__(self, *_):
        self.ended_well = all([program.stop() for program in reversed(self.programs)])
        self.logs = ''.join(program.log_tail() for program in self.programs)
        if self.directory:
            shutil.rmtree(self.directory, ignore_errors=True)
