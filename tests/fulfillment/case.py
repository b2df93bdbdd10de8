"""What every test here starts from: a stage of its own, and ways to tamper with events."""

import contextlib
import copy
import http.server
import json
import secrets
import threading
import unittest

from databases import KIND, KINDS, PASSWORD
from stage import Stage, fetch, until


class Case(unittest.TestCase):
    settings = {}
    graph = 'contract'
    schedule = '0,200,400,800,1600'

    def setUp(self):
        self.stage = Stage(self.schedule, self.graph, KINDS[KIND], **self.settings)
        self.stage.__enter__()
        self.addCleanup(self.end)
        self.shop, self.sandbox = self.stage.shop, self.stage.sandbox
        self.warehouse, self.database = self.stage.warehouse, self.stage.database

    def end(self):
        written = ''
        for program in self.stage.programs:
            if program.name == 'order-server':
                with open(program.log_path, errors='replace') as log:
                    written += log.read()
        violations = self.sandbox.state['contractViolations']
        self.stage.__exit__()
        self.database.close()
        self.assertEqual(violations, 0)
        self.assertTrue(self.stage.ended_well, self.stage.logs)
        for hidden in (self.stage.secret, self.stage.api_key, PASSWORD, 'clientSecret'):
            self.assertNotIn(hidden, written, 'a secret is in the log')

    def hold(self):
        """No webhook comes by itself any more."""
        self.sandbox.control('deliveries', hold=True)

    def release(self):
        self.sandbox.control('deliveries')

    def event(self, type='checkout.session.completed', index=-1):
        return self.sandbox.events(type)[index]

    def paid_event(self, **cart):
        """An order that is paid, and its webhook, which nobody has delivered."""
        self.hold()
        sale = self.shop.buy(**(cart or {'mug': 1}))
        self.sandbox.pay(sale['session'])
        return sale['order'], self.event()

    def sell(self, cookie=None, **cart):
        """An order that is paid, shipped and done with."""
        sale = self.shop.buy(cookie, **(cart or {'mug': 1}))
        self.sandbox.pay(sale['session'])
        self.wait_for_state(sale['order'], 'fulfilled')
        self.sandbox.settle()
        return sale['order']

    def wait_for_state(self, order, state):
        until(f'{order} is {state}', lambda: self.shop.order(order)['state'] == state)

    def assertState(self, order, state):
        self.assertEqual(self.shop.order(order)['state'], state)

    def assertShipped(self, order, count=1):
        """A shipment that should not be has had the time to come."""
        if count:
            self.warehouse.wait_for(order)
        else:
            self.assertEqual(self.shop.order(order)['shipment'], 'none')
        until('the outbox is empty',
              lambda: self.shop.order(order)['shipment'] in ('none', 'delivered'))
        self.assertEqual(self.warehouse.count(order), count)

    @contextlib.contextmanager
    def changed_answers(self, change):
        """The shop's sweeps and restarts reach XPay through a proxy: change(path, answer) alters what is answered."""
        test = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def pass_on(self):
                length = int(self.headers.get('Content-Length') or 0)
                headers = {name: value for name, value in self.headers.items() if name != 'Host'}
                answer = fetch(self.command, test.sandbox.url + self.path,
                               self.rfile.read(length) if length else None, headers)
                told = answer.json
                change(self.path, told)
                body = json.dumps(told).encode()
                self.send_response(answer.status)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = pass_on

            def log_message(self, *_):
                pass

        with http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            self.shop.settings['XPAY_BASE_URL'] = f'http://127.0.0.1:{server.server_port}'
            try:
                yield self.shop.settings['XPAY_BASE_URL']
            finally:
                self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url
                server.shutdown()
                thread.join()

    def run_sql(self, sql):
        """The shop's own tables, for what would take hours or luck otherwise."""
        return self.database.run(sql)


def tampered(event, **changes):
    """Another event about the same, with other values in its object: a__b=1 sets a.b."""
    changed = copy.deepcopy(event)
    changed['id'] = 'evt_test_' + secrets.token_hex(12)
    for path, value in changes.items():
        *parents, last = path.split('__')
        at = changed['data']['object']
        for parent in parents:
            at = at[parent]
        at[last] = value
    return changed


def encoded(event):
    return json.dumps(event).encode()
