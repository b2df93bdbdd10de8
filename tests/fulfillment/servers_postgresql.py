"""Several servers and one PostgreSQL, which goes away, comes back, and leaves answers out."""

import contextlib
import re
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

from case import Case, tampered
from databases import PASSWORD, free_port
from stage import Program, Unexpected, until


class Server(Case):
    """A webhook that is under way when something happens."""

    def deliver(self, event, shop=None):
        """Delivers it in the background; the answer is there after wait()."""
        answers = []

        def send():
            with contextlib.suppress(OSError):  # the shop was killed
                answers.append((shop or self.shop).webhook(event))
        thread = threading.Thread(target=send)
        thread.start()

        def wait():
            thread.join()
            return answers[0].status if answers else None
        return wait

    def waiting(self, for_what):
        """How many connections of the shops wait for that."""
        return self.run_sql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.database.name}'"
                            f" AND application_name = 'order-server' AND wait_event = '{for_what}'")[0][0]


class Together(Server):
    def setUp(self):
        super().setUp()
        self.shops = [self.shop, self.stage.another_shop(), self.stage.another_shop()]

    def test_the_same_event_in_three_servers_at_a_time_is_acted_on_once(self):
        events = [self.paid_event() for _ in range(8)]
        with ThreadPoolExecutor(24) as threads:
            answers = list(threads.map(lambda at: at[0].webhook(at[1]), [
                (shop, event) for _, event in events for _ in range(3) for shop in self.shops]))
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertEqual(sum(answer.body == b'Stored.\n' for answer in answers), len(events))
        for order, _ in events:
            self.assertShipped(order)
        self.assertEqual([s['asked'] for s in self.warehouse.shipments], [1] * len(events))

    def test_an_event_that_a_dead_server_had_claimed_is_handled_by_another(self):
        order, event = self.paid_event()
        with self.database.held('outbox'):
            self.deliver(event, self.shops[0])
            until('the first one is at it', lambda: self.waiting('relation') == 1)
            second = self.deliver(event, self.shops[1])
            until('the second one waits for its end', lambda: self.waiting('transactionid') == 1)
            self.shops[0].kill()
            until('the second one is at it', lambda: not self.waiting('transactionid'))
        self.assertEqual(second(), 200)
        self.shops[0].start()
        self.assertShipped(order)

    def test_stock_is_not_sold_twice(self):
        with ThreadPoolExecutor(12) as threads:
            statuses = list(threads.map(lambda shop: shop.post('/checkout', qty_carpet=1).status,
                                        self.shops * 6))
        self.assertEqual(sorted(statuses), [200] * 5 + [409] * 13)
        self.assertEqual(self.run_sql("SELECT stock FROM products WHERE sku = 'carpet'"), [(0,)])

    def test_an_order_is_not_refunded_beyond_what_was_paid(self):
        order = self.sell()
        with ThreadPoolExecutor(12) as threads:
            list(threads.map(lambda shop: shop.refund(order, '150'), self.shops * 4))
        self.assertEqual(self.sandbox.state['refunded']['EGP'], 15000)
        self.assertEqual(self.shop.order(order)['refunded'], 15000)

    def test_news_of_a_refund_in_two_servers_are_put_in_their_place_one_by_one(self):
        order = self.sell()
        self.sandbox.control('next-refund', status='PENDING')
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'pending')
        self.sandbox.settle()
        failed, accepted = [tampered(self.event('refund.created'), status=status)
                            for status in ('FAILED', 'REQUIRES_ACTION')]
        failed['type'] = 'refund.failed'
        with self.database.held('refunds'):
            first = self.deliver(failed, self.shops[0])
            until('the first one is at it', lambda: self.waiting('relation') == 1)
            second = self.deliver(accepted, self.shops[1])
            until('the second one waits for its end', lambda: self.waiting('transactionid') == 1)
        self.assertEqual((first(), second()), (200, 200))
        self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['failed'])

    def test_servers_that_start_together_make_the_schema_once(self):
        for shop in self.shops:
            shop.stop()
        self.database.server.psql(self.database.name, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(lambda shop: shop.start(), self.shops))
        self.assertEqual(self.run_sql('SELECT version FROM schema_versions ORDER BY version'),
                         [(1,), (2,)])
        self.assertIn('url', self.shops[2].buy(mug=1))


class Sweeping(Server):
    settings = {'SWEEP_SECONDS': '1', 'SWEEP_RATE': '50'}

    def test_servers_share_the_orders_that_nobody_told_them_of(self):
        for _ in range(2):
            self.stage.another_shop()
        orders = [self.paid_event()[0] for _ in range(30)]
        asked = self.sandbox.state['operations'].get('getCheckoutSession', {'requests': 0})
        self.run_sql('UPDATE orders SET ask_at = 0')
        for order in orders:
            self.wait_for_state(order, 'fulfilled')
        now = self.sandbox.state['operations']['getCheckoutSession']
        self.assertEqual(now['requests'] - asked['requests'], len(orders))
        self.assertEqual(len({order for order in orders if self.warehouse.wait_for(order) is None}), 30)


class Restarted(Server):
    def test_a_server_that_comes_back_is_connected_to_without_a_word(self):
        for mode in ('fast', 'immediate'):
            order, event = self.paid_event()
            self.database.server.restart(mode)
            self.assertEqual(self.shop.webhook(event).status, 200)
            self.assertShipped(order)

    def test_one_that_goes_amid_a_transaction_costs_a_5xx_and_nothing_else(self):
        for mode in ('fast', 'immediate'):
            order, event = self.paid_event()
            self.database.create_trigger('slow', 'BEFORE INSERT ON outbox', 'wait')
            answer = self.deliver(event)
            until('it is at it', lambda: self.waiting('PgSleep'))
            self.database.server.stop(mode)
            self.assertIn(answer(), range(500, 504))
            self.assertIn(self.shop.post('/checkout', qty_mug=1).status, range(500, 504))
            self.database.server.start()
            self.database.drop_trigger('slow', 'outbox')
            self.assertState(order, 'open')
            self.assertEqual(self.shop.webhook(event).status, 200)
            self.assertShipped(order)

    def test_a_connection_that_is_lost_amid_a_transaction_is_made_anew(self):
        order, event = self.paid_event()
        mine = f"datname = '{self.database.name}' AND application_name = 'order-server'"
        with self.database.held('outbox'):
            answer = self.deliver(event)
            until('it is at it', lambda: self.waiting('relation'))
            ended = self.run_sql(f'SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}')
            gone = ','.join(str(pid) for pid, _ in ended)
            until('it is at it again', lambda: self.run_sql(
                f"SELECT pid FROM pg_stat_activity WHERE {mine} AND wait_event = 'relation'"
                f' AND pid NOT IN ({gone})'))
        self.assertEqual(answer(), 200)
        self.assertShipped(order)


class Deadlocked(Server):
    def test_the_loser_begins_again(self):
        order, event = self.paid_event()
        other = subprocess.Popen(
            [self.database.server.programs + '/psql', '-Xq', self.database.url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def say(sql):
            other.stdin.write(sql + '\n')
            other.stdin.flush()
        with other:
            say("SET deadlock_timeout = '1h'; BEGIN; UPDATE orders SET updated_at = updated_at;\n\\echo held")
            other.stdout.readline()
            answer = self.deliver(event)
            until('it waits for the order', lambda: self.waiting('transactionid'))
            say(f"INSERT INTO events VALUES ('{event['id']}', 'x', NULL, NULL, 0);\n\\echo inserted")
            other.stdout.readline()  # the shop gave way
            say('ROLLBACK;')
            self.assertEqual(answer(), 200)
            other.stdin.close()
        self.assertShipped(order)


class Cut:
    """Stands between the shop and PostgreSQL, and cuts the connection at the commit of what began with a statement."""

    def __init__(self, port):
        self.port, self.when, self.statement, self.cuts, self.away = port, None, b'', 0, False
        self.answered = threading.Event()
        self.server = socket.create_server(('127.0.0.1', 0))
        self.own_port = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            if self.away:
                client.close()
                continue
            database = socket.create_connection(('127.0.0.1', self.port))
            silent = threading.Event()
            for way in ((client, database, True, silent), (database, client, False, silent)):
                threading.Thread(target=self.pump, args=way, daemon=True).start()

    def pump(self, one, other, asks, silent):
        meant = False
        try:
            while data := one.recv(65536):
                meant = meant or (asks and self.when and self.statement in data)
                if meant and b'COMMIT' in data:
                    when, self.when = self.when, None
                    silent.set()
                    if when == 'after':
                        other.sendall(data)
                        self.answered.wait(10)  # it is done, and its answer stays here
                    self.cuts += 1
                    break
                if silent.is_set():
                    self.answered.set()
                else:
                    other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class InDoubt(Server):
    """The answer to a commit is lost; the answer to what was asked is right all the same."""

    def setUp(self):
        super().setUp()
        self.cut = Cut(self.database.server.port)
        self.addCleanup(self.cut.server.close)
        self.shop.stop()
        self.shop.settings['DATABASE_URL'] = self.database.url.replace(
            f':{self.database.server.port}/', f':{self.cut.own_port}/') + '?sslmode=disable'
        self.shop.start()

    def cut_at(self, when, statement):
        self.cut.answered.clear()
        self.cut.statement, self.cut.when = statement, when

    def test_a_webhook_is_acted_on_once(self):
        for when in ('before', 'after'):
            order, event = self.paid_event()
            self.cut_at(when, b'INSERT INTO events')
            answer = self.shop.webhook(event)
            self.assertEqual((answer.status, answer.body), (200, b'Stored.\n'), when)
            self.assertShipped(order)
        self.assertEqual(self.cut.cuts, 2)

    def test_a_refund_is_made_once_and_told_so(self):
        order = self.sell()
        for made, when in enumerate(('before', 'after'), 1):
            self.cut_at(when, b'INSERT INTO refunds')
            self.assertEqual(self.shop.refund(order, '10').status, 200)
            self.assertEqual(self.sandbox.state['refunds'], made)
        self.assertEqual(self.cut.cuts, 2)

    def test_what_cannot_be_learned_is_not_acknowledged(self):
        order, event = self.paid_event()
        self.cut_at('after', b'INSERT INTO events')
        self.cut.away = True
        self.assertIn(self.shop.webhook(event).status, range(500, 504))
        self.cut.away = False
        answer = self.shop.webhook(event)
        self.assertEqual((answer.status, answer.body), (200, b'Stored before.\n'))
        self.assertShipped(order)


class WrongUrl(Server):
    def refuse(self, url, *words):
        broken = Program(self.stage, 'order-server', settings={**self.shop.settings,
                                                               'DATABASE_URL': url}, number='-wrong')
        open(broken.log_path, 'w').close()
        with self.assertRaises(Unexpected):
            broken.start()
        self.assertEqual(broken.process.returncode, 1)
        with open(broken.log_path) as log:
            written = log.read()
        for word in ('DATABASE_URL',) + words:
            self.assertIn(word, written)
        for part in re.split('[@/:]', PASSWORD):
            self.assertNotIn(part, written)

    def test_it_is_told_without_the_password(self):
        good, server = self.database.url, self.database.server
        self.refuse(good.replace('postgresql:', 'mysql:'), 'postgresql://')
        self.refuse(good.replace('%40', 'x', 1), 'password authentication failed')
        self.refuse(good.replace(self.database.name, 'nowhere'), '"nowhere" does not exist')
        self.refuse(good.replace(str(server.port), str(free_port())), 'Connection refused')
        self.refuse(good.replace('127.0.0.1', 'nowhere.invalid'), 'nowhere.invalid')
        self.refuse(good + '?colour=red', 'form')
        for quoted, plain in (('%40', '@'), ('%2F', '/')):
            self.refuse(good.replace(quoted, plain), 'write @ : /')
        self.refuse(f'postgresql://shop:{PASSWORD}@127.0.0.1:{server.port}/x', 'write @ : /')
