"""A refund whose server is killed at each step of it: one refund each time, and none forgotten."""

import contextlib
import socket
import threading

from case import Case
from stage import until

# How far one request gets through the wire before the shop is killed.
NOTHING, HALF_THE_REQUEST, THE_REQUEST, HALF_THE_ANSWER, ALL_BUT_A_BYTE = range(5)


class Wire:
    """Stands between the shop and XPay: passes requests on until one is a refund, then stops at a step."""

    def __init__(self, sandbox_port, step, kill):
        self.sandbox_port, self.step, self.kill = sandbox_port, step, kill
        self.server = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.server.getsockname()[1]}'
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.connection, args=(client,), daemon=True).start()

    @staticmethod
    def message(peer):
        """One whole HTTP message with a Content-Length."""
        taken = b''
        while True:
            head, end, body = taken.partition(b'\r\n\r\n')
            if end:
                lengths = [int(line.split(b':')[1]) for line in head.split(b'\r\n')
                           if line.lower().startswith(b'content-length:')]
                if len(body) >= (lengths or [0])[0]:
                    return taken
            more = peer.recv(65536)
            if not more:
                return b''
            taken += more

    def connection(self, client):
        with client, socket.create_connection(('127.0.0.1', self.sandbox_port)) as xpay:
            while True:
                request = self.message(client)
                if not request:
                    return
                broken = request.startswith(b'POST /refunds')
                if broken and self.step < THE_REQUEST:
                    xpay.sendall(request[:len(request) // 2 if self.step else 0])
                    self.kill()
                    return
                xpay.sendall(request)
                answer = self.message(xpay)
                if broken:
                    keep = {THE_REQUEST: 0, HALF_THE_ANSWER: len(answer) // 2}
                    client.sendall(answer[:keep.get(self.step, len(answer) - 1)])
                    self.kill()
                    return
                client.sendall(answer)


class KilledRefunds(Case):
    def refund(self, order):
        try:
            self.shop.refund(order, '100')
        except OSError:
            pass  # the shop is dead

    def assert_finished(self, order):
        self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url
        self.shop.start()
        self.assertEqual(self.shop.sweep(), 0)
        until('the refund is done',
              lambda: self.shop.order(order)['refunds'][0]['state'] == 'succeeded')
        self.assertEqual(len(self.shop.order(order)['refunds']), 1)
        self.assertEqual(self.sandbox.state['refunds'], 1)
        self.assertEqual(self.run_sql('SELECT count(*) FROM intents WHERE settlement > 2')[0][0], 0)

    def kill_at(self, step):
        order = self.sell()
        killed = threading.Event()

        def kill():
            self.shop.kill()
            killed.set()

        wire = Wire(self.sandbox.port, step, kill)
        self.addCleanup(wire.server.close)
        self.shop.stop()
        self.shop.settings['XPAY_BASE_URL'] = wire.url
        self.shop.start()
        self.refund(order)
        self.assertTrue(killed.wait(10))
        self.assert_finished(order)

    def test_before_the_request_left(self):
        self.kill_at(NOTHING)

    def test_amid_the_request(self):
        self.kill_at(HALF_THE_REQUEST)

    def test_before_the_answer(self):
        self.kill_at(THE_REQUEST)

    def test_amid_the_answer(self):
        self.kill_at(HALF_THE_ANSWER)

    def test_before_it_was_settled(self):
        self.kill_at(ALL_BUT_A_BYTE)

    def slow(self, when):
        """Make the database take for ever over a statement, so that the kill comes in the middle of it."""
        self.database.create_trigger('slow', f"{when} WHEN NEW.operation = 'refund_create'", 'wait')

    def kill_amid(self, when, refunds_before):
        order = self.sell()
        self.slow(when)
        thread = threading.Thread(target=self.refund, args=(order,))
        thread.start()
        until('the refund is under way',
              lambda: self.sandbox.state['refunds'] == refunds_before and
              self.run_sql('SELECT count(*) FROM refunds')[0][0] > 0)
        self.shop.kill()
        thread.join()
        self.database.drop_trigger('slow', 'intents')
        self.assertEqual(self.run_sql("SELECT count(*) FROM intents WHERE reference LIKE 'rfn%'"
                                      ' AND settlement > 2'), [(refunds_before,)])
        self.assert_finished(order)

    def test_before_it_was_recorded(self):
        self.kill_amid('BEFORE INSERT ON intents', 0)

    def test_while_it_was_being_settled(self):
        self.kill_amid('BEFORE UPDATE ON intents', 1)


class KilledWebhooks(Case):
    def test_between_claim_and_commit_nothing_is_lost(self):
        for table, event in (('outbox', 'INSERT'), ('ledger', 'INSERT'), ('orders', 'UPDATE')):
            order, paid = self.paid_event()
            self.database.create_trigger('slow', f'BEFORE {event} ON {table}', 'wait')

            def deliver():
                with contextlib.suppress(OSError):  # the shop is dead
                    self.shop.webhook(paid)
            thread = threading.Thread(target=deliver)
            thread.start()
            until('the shop is at it', self.database.busy)
            self.shop.kill()
            thread.join()
            self.database.drop_trigger('slow', table)
            self.shop.start()
            self.assertState(order, 'open')
            answer = self.shop.webhook(paid)
            self.assertEqual((answer.status, answer.body), (200, b'Stored.\n'), table)
            self.assertShipped(order)
