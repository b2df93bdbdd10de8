"""From the cart to the shipment, whatever dies or gets lost in between."""

import random
import socket
import threading
import time

from case import Case, tampered
from stage import Program, Unexpected, fetch, until


def now_ms():
    return int(time.time() * 1000)


class Crash(Case):
    def test_a_kill_between_commit_and_delivery_ships_once(self):
        self.warehouse.kill()
        sale = self.shop.buy(mug=1)
        self.sandbox.pay(sale['session'])
        self.wait_for_state(sale['order'], 'fulfilled')
        self.assertEqual(self.shop.order(sale['order'])['shipment'], 'waiting')
        self.shop.kill()
        self.warehouse.start()
        self.assertEqual(self.warehouse.count(), 0)
        self.shop.start()
        self.assertShipped(sale['order'])

    def test_a_kill_between_delivery_and_its_record_ships_once(self):
        def between(client):
            """Passes one request on, and kills the shop before it hears the answer."""
            request = client.recv(65536)
            with socket.create_connection(('127.0.0.1', self.warehouse.port)) as warehouse:
                warehouse.sendall(request)
                warehouse.recv(65536)
            self.shop.kill()
            client.close()

        with socket.create_server(('127.0.0.1', 0)) as server:
            self.shop.stop()
            self.shop.settings['WAREHOUSE_URL'] = f'http://127.0.0.1:{server.getsockname()[1]}'
            self.shop.start()
            thread = threading.Thread(target=lambda: between(server.accept()[0]))
            thread.start()
            sale = self.shop.buy(mug=1)
            self.sandbox.pay(sale['session'])
            thread.join()
        self.shop.settings['WAREHOUSE_URL'] = self.warehouse.url
        self.shop.start()
        self.assertShipped(sale['order'])
        until('it was asked for twice', lambda: self.warehouse.shipments[0]['asked'] == 2)

    def test_kills_at_any_time_lose_and_double_nothing(self):
        chance = random.Random(4)
        sales = [self.shop.buy(mug=1) for _ in range(8)]
        for sale in sales:
            self.sandbox.pay(sale['session'])
            time.sleep(chance.uniform(0, 0.02))
            if chance.random() < 0.6:
                self.shop.kill()
                self.shop.start()
        self.sandbox.settle()
        self.assertEqual(self.shop.sweep(), 0)
        for sale in sales:
            self.assertState(sale['order'], 'fulfilled')
            self.assertShipped(sale['order'])
        self.assertEqual(self.warehouse.count(), len(sales))

    def test_the_warehouse_is_asked_until_it_has_it(self):
        self.warehouse.kill()
        sale = self.shop.buy(mug=1)
        self.sandbox.pay(sale['session'])
        until('the warehouse was asked in vain', lambda: self.run_sql(
            'SELECT 1 FROM outbox WHERE attempts > 0'))
        self.warehouse.start()
        self.assertShipped(sale['order'])


class Warehouse(Case):
    def ship(self, key, body):
        return fetch('POST', self.warehouse.url + '/shipments', body,
                     {'Idempotency-Key': key} if key else {}).status

    def test_a_key_ships_once(self):
        self.assertEqual([self.ship('k1', '{}') for _ in range(3)], [201, 200, 200])
        self.assertEqual(self.ship('k1', '{"other":1}'), 409)
        self.assertEqual(self.ship('', '{}'), 400)
        shipped = fetch('GET', self.warehouse.url + '/shipments').json
        self.assertEqual((shipped['count'], shipped['repeats']), (1, 2))


class Sessions(Case):
    def test_a_repeat_finds_the_session_whose_id_was_not_stored(self):
        sale = self.shop.buy(mug=1)
        self.shop.kill()
        self.run_sql('UPDATE orders SET checkout_session_id = NULL')
        self.shop.start()
        self.assertEqual(self.shop.post('/pay', order=sale['order']).json['session'],
                         sale['session'])
        self.assertEqual(self.sandbox.state['sessions'], 1)

    def test_a_lost_answer_makes_no_second_session(self):
        self.sandbox.lose('createCheckoutSession', 'cut_after')
        with self.assertRaises(Unexpected):
            self.shop.buy(mug=1)
        order = self.shop.orders[0]
        self.assertEqual((order['state'], order['checkoutSessionId']), ('open', None))
        self.sandbox.control('faults', 'DELETE')
        self.assertEqual(self.shop.sweep(), 0)
        self.assertIsNotNone(self.shop.orders[0]['checkoutSessionId'])
        self.assertEqual(self.sandbox.state['sessions'], 1)

    def test_a_repeat_that_cannot_be_sent_does_not_release_what_may_have_been_made(self):
        self.sandbox.lose('createCheckoutSession', 'cut_after')
        with self.assertRaises(Unexpected):
            self.shop.buy(mug=1)
        self.sandbox.control('faults', 'DELETE')
        self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url.replace('http:', 'https:')
        self.shop.sweep()  # a handshake with a server that knows none
        self.assertEqual(self.shop.orders[0]['state'], 'open')
        self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url
        self.shop.sweep()
        self.assertIsNotNone(self.shop.orders[0]['checkoutSessionId'])
        self.assertEqual(self.sandbox.state['sessions'], 1)

    def test_a_refused_session_releases_the_order_and_its_goods(self):
        self.sandbox.control('faults', operation='createCheckoutSession', kind='status', status=400)
        with self.assertRaises(Unexpected):
            self.shop.buy(carpet=5)
        self.assertEqual(self.shop.orders[0]['state'], 'released')
        self.assertIn('url', self.shop.buy(carpet=5))

    def test_a_key_that_was_used_for_another_request_is_not_insisted_on(self):
        sale = self.shop.buy(mug=1)
        self.shop.stop()
        self.run_sql('UPDATE orders SET checkout_session_id = NULL')
        self.shop.settings['PUBLIC_URL'] = 'https://moved.example'
        self.shop.start()
        again = self.shop.post('/pay', order=sale['order']).json
        self.assertNotEqual(again['session'], sale['session'])
        self.assertEqual(self.shop.order(sale['order'])['attempt'], 2)

    def test_our_own_key_being_refused_releases_nothing(self):
        for status in (401, 403, 408, 429, 500):
            self.sandbox.control('faults', operation='createCheckoutSession', kind='status',
                                 status=status, stored=False, times=9)
            self.assertEqual(self.shop.post('/checkout', qty_mug=1).status, 503)
            self.sandbox.control('faults', 'DELETE')
        self.assertEqual({o['state'] for o in self.shop.orders}, {'open'})
        self.shop.sweep()
        self.assertTrue(all(o['checkoutSessionId'] for o in self.shop.orders))

    def test_a_session_that_comes_back_after_the_release_is_nobody_s(self):
        self.sandbox.control('faults', operation='createCheckoutSession', kind='delay', delayMs=800, times=1)
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.shop.post('/checkout', qty_mug=1)))
        thread.start()
        until('it is asked for', lambda: self.run_sql('SELECT id FROM orders'))
        until('it is on its way', lambda: self.run_sql('SELECT key FROM intents'))
        self.run_sql("UPDATE orders SET state = 'released', stock_held = 0")  # by another server
        thread.join()
        self.assertNotIn('url', answers[0].json or {})
        self.assertEqual(self.run_sql('SELECT checkout_session_id FROM orders'), [(None,)])

    def test_an_open_session_is_used_again(self):
        sale = self.shop.buy(mug=1)
        self.assertEqual(self.shop.post('/pay', order=sale['order']).json, sale)

    def test_a_paid_order_is_not_paid_again(self):
        order = self.sell()
        answer = self.shop.post('/pay', order=order)
        self.assertEqual(answer.status, 303)
        self.assertIn('/return?session_id=', answer.location)

    def test_the_customer_is_sent_to_the_page_after_the_id_was_stored(self):
        answer = fetch('POST', self.shop.url + '/checkout', 'qty_mug=1',
                       {'Content-Type': 'application/x-www-form-urlencoded'})
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location.rsplit('/', 1)[1],
                         self.shop.orders[0]['checkoutSessionId'])

    def test_nobody_is_sent_to_pay_anywhere_but_at_xpay(self):
        url = ''

        def change(path, answer):
            if path.startswith('/checkout/sessions'):
                answer['url'] = url
        with self.changed_answers(change) as base:
            self.shop.stop()
            self.shop.start()
            port = base.rsplit(':', 1)[1]
            for url in ('https://checkout.xpay.app/c/1', 'https://xpay.app', 'https://api.xpay.app?c',
                        'https://pay.eu.xpay.app:443/c/1', 'HTTPS://Checkout.XPay.App/c/1',
                        'https://checkout.xpay.app/c/a@b', base + '/c/1'):
                answer = self.shop.post('/checkout', qty_mug=1)
                self.assertEqual((answer.status, answer.json.get('url')), (200, url), url)
            order = answer.json['order']
            for url in ('https://evil.example/c/1', 'http://checkout.xpay.app/c/1',
                        'https://notxpay.app/c/1', 'https://xpay.app.example/c/1',
                        'https://evil.example/.xpay.app', 'https://evil.example?.xpay.app',
                        'https://evil.example#.xpay.app', 'https://evil.example\\.xpay.app',
                        'https://checkout.xpay.app\\@evil.example', 'https://xpay.app@evil.example',
                        'https://evil@xpay.app/', 'https://evil.example:443@xpay.app/',
                        'https://.xpay.app/', 'https://xpay.app./', 'https://xpay.app:8443/',
                        'https:///xpay.app', 'https:xpay.app', '//checkout.xpay.app/c/1', '/c/1',
                        'javascript:alert(1)', 'https://checkout.xpay.app/ x',
                        ' https://xpay.app/', 'https://xpay.app\n/', 'https://', '', None,
                        self.sandbox.url + '/c/1', base + '9/c/1', base + '.evil.example/c/1',
                        base + '@evil.example/', f'http://u@127.0.0.1:{port}/',
                        f'https://127.0.0.1:{port}/', f'http://localhost:{port}/'):
                for answer in (self.shop.post('/checkout', qty_mug=1),
                               self.shop.post('/pay', order=order)):
                    self.assertNotEqual(answer.status, 200, url)
                    self.assertNotIn('evil', answer.location)

    def test_carts_that_cannot_be_sold(self):
        for cart, status in (({}, 400), ({'qty_mug': 0}, 400), ({'qty_mug': '-1'}, 400),
                             ({'qty_mug': '1.5'}, 400), ({'qty_mug': 1001}, 400),
                             ({'qty_mug': 1, 'qty_poster': 1}, 400), ({'qty_yacht': 1}, 404),
                             ({'qty_carpet': 6}, 409)):
            self.assertEqual(self.shop.post('/checkout', **cart).status, status, cart)
        self.assertEqual(self.shop.orders, [])


class Lost(Case):
    def test_the_sweep_finds_a_payment_without_its_webhook(self):
        order, _ = self.paid_event()
        self.assertState(order, 'open')
        self.assertEqual(self.shop.sweep(), 0)
        self.assertState(order, 'fulfilled')
        self.assertShipped(order)

    def test_the_return_page_finds_a_payment_without_its_webhook(self):
        order, event = self.paid_event()
        answer = self.shop.return_page(event['data']['object']['id'])
        self.assertEqual(answer.json, {'order': order, 'state': 'fulfilled'})
        self.assertShipped(order)

    def test_the_return_page_ships_nothing_that_is_not_paid(self):
        sale = self.shop.buy(mug=1)
        self.assertEqual(self.shop.return_page(sale['session']).json['state'], 'open')
        self.assertEqual(self.shop.return_page('cs_test_nobody').status, 404)
        self.assertEqual(self.shop.return_page('..%2F..%2Faccount').status, 404)
        self.assertShipped(sale['order'], 0)

    def test_a_sweep_without_an_answer_says_so_and_goes_on(self):
        orders = [self.paid_event()[0] for _ in range(3)]
        self.sandbox.control('faults', operation='getCheckoutSession', kind='status', status=403, times=1)
        self.assertNotEqual(self.shop.sweep(), 0)
        self.assertEqual(sorted(self.shop.order(order)['state'] for order in orders),
                         ['fulfilled', 'fulfilled', 'open'])
        self.assertEqual(self.shop.sweep(), 0)
        for order in orders:
            self.assertState(order, 'fulfilled')

    def test_a_notice_of_a_lost_webhook_has_no_order_asked_about_again_at_once(self):
        order, event = self.paid_event()
        now, later = now_ms(), now_ms() + 86400000
        lost = {**event, 'type': 'webhook_endpoint.delivery_failed', 'data': {'object': {}}}
        for asked_at, due in ((now, 0), (now - 11 * 60 * 1000, 1)):
            self.run_sql(f'UPDATE orders SET asked_at = {asked_at}, ask_at = {later}')
            self.assertEqual(self.shop.webhook({**lost, 'id': f'evt_test_lost{due}'}).status, 200)
            self.assertEqual(self.run_sql(f'SELECT count(*) FROM orders WHERE ask_at <= {now_ms()}'), [(due,)])
        self.assertState(order, 'open')

    def test_a_session_that_stays_unclear_is_for_a_person_in_the_end(self):
        order, _ = self.paid_event()

        def contradict(path, answer):
            if path.startswith('/checkout/sessions/'):
                answer.update(status='expired', isExpired=True, paymentStatus='unpaid')
        for days, reviews in ((2, []), (2, [order])):
            self.run_sql(f'UPDATE orders SET created_at = created_at - {days} * 86400000')
            with self.changed_answers(contradict):
                self.shop.sweep()
            self.assertState(order, 'open')
            self.assertEqual([r['order'] for r in self.shop.reviews], reviews)

    def test_the_sweep_finds_an_expiry_without_its_webhook(self):
        self.hold()
        sale = self.shop.buy(carpet=5)
        self.sandbox.control('clock', advanceMs=61 * 60 * 1000)
        self.assertEqual(self.shop.sweep(), 0)
        self.assertState(sale['order'], 'released')
        self.shop.buy(carpet=5)


class Periodic(Case):
    settings = {'SWEEP_SECONDS': '1', 'SWEEP_AGE_SECONDS': '2', 'SWEEP_RATE': '10'}

    def asked(self, operation='getCheckoutSession'):
        return self.sandbox.state['operations'].get(operation, {'requests': 0})['requests']

    def test_the_server_asks_about_an_order_once_it_has_the_age(self):
        begun = time.monotonic()
        order, _ = self.paid_event()
        self.wait_for_state(order, 'fulfilled')
        self.assertGreaterEqual(time.monotonic() - begun, 2)
        self.assertShipped(order)

    def test_an_order_that_stays_open_is_asked_about_more_and_more_rarely(self):
        self.hold()
        self.shop.buy(mug=1)
        wait = 'SELECT (ask_at - asked_at) / 60000 FROM orders WHERE asks = {}'
        for asks, minutes in enumerate((1, 2, 4, 8, 16, 32, 60, 60), 1):
            until(f'it is asked about {asks} times', lambda: self.run_sql(wait.format(asks)))
            self.assertEqual(self.run_sql(wait.format(asks)), [(minutes,)])
            self.run_sql('UPDATE orders SET ask_at = 0')

    def test_calls_are_paced(self):
        orders = [self.paid_event()[0] for _ in range(20)]
        self.run_sql('UPDATE orders SET ask_at = 0')
        until('the first is asked about', self.asked)
        begun = time.monotonic()
        for order in orders:
            self.wait_for_state(order, 'fulfilled')
        self.assertGreaterEqual(time.monotonic() - begun, 19 * 0.05)  # half of the interval at least

    def test_xpay_is_left_alone_as_long_as_it_asks_for(self):
        orders = [self.paid_event()[0] for _ in range(3)]
        self.sandbox.control('faults', operation='getCheckoutSession', kind='status', status=429,
                             stored=False, retryAfter=7, times=1)
        self.run_sql('UPDATE orders SET ask_at = 0')
        until('it was asked', self.asked)
        begun = time.monotonic()
        until('it is asked again', lambda: self.asked() > 1)
        self.assertGreaterEqual(time.monotonic() - begun, 6.9)
        self.run_sql("UPDATE orders SET ask_at = 0 WHERE state = 'open'")
        for order in orders:
            self.wait_for_state(order, 'fulfilled')

    def test_refunds_are_asked_about_at_the_same_pace(self):
        for order in [self.sell() for _ in range(2)]:
            self.sandbox.control('next-refund', status='PENDING')
            self.assertEqual(self.shop.refund(order, '1').json['state'], 'pending')
        self.sandbox.settle()
        self.sandbox.control('faults', operation='getRefund', kind='status', status=429,
                             stored=False, retryAfter=7, times=1)
        self.run_sql('UPDATE refunds SET updated_at = 0')
        until('it was asked', lambda: self.asked('getRefund'))
        begun = time.monotonic()
        until('it is asked again', lambda: self.asked('getRefund') > 1)
        self.assertGreaterEqual(time.monotonic() - begun, 6.9)

    def test_an_order_whose_webhook_is_known_to_be_lost_is_asked_about_at_once(self):
        order, event = self.paid_event()
        self.run_sql(f'UPDATE orders SET ask_at = {now_ms() + 86400000}')
        lost = {**event, 'id': 'evt_test_lost', 'type': 'webhook_endpoint.delivery_failed',
                'data': {'object': {'eventType': 'checkout.session.completed', 'attempts': 5}}}
        self.assertEqual(self.shop.webhook(lost).status, 200)
        self.wait_for_state(order, 'fulfilled')


class Upgraded(Case):
    def test_a_database_of_an_earlier_version_is_brought_up_to_date(self):
        order = self.sell()
        self.shop.stop()
        for sql in ('ALTER TABLE refunds DROP COLUMN asked_at', 'DELETE FROM schema_versions WHERE version > 1',
                    'ALTER TABLE intents DROP COLUMN claimed_until'):
            self.run_sql(sql)
        self.shop.start()
        self.assertEqual(self.run_sql('SELECT max(version) FROM schema_versions'), [(2,)])
        self.assertEqual(self.shop.refund(order, '10').status, 200)
        self.sandbox.settle()
        self.assertEqual(self.shop.order(order)['refunded'], 1000)

    def test_a_database_of_a_later_version_is_left_alone(self):
        self.shop.stop()
        self.run_sql('INSERT INTO schema_versions VALUES (99, 0)')
        with self.assertRaises(Unexpected):
            self.shop.start()
        with open(self.shop.log_path) as log:
            self.assertIn('version 99', log.read())
        self.run_sql('DELETE FROM schema_versions WHERE version = 99')
        self.shop.start()


class Released(Case):
    def test_expiry_gives_the_goods_back(self):
        sale = self.shop.buy(carpet=5)
        self.assertEqual(self.shop.post('/checkout', qty_carpet=1).status, 409)
        self.sandbox.control(f'sessions/{sale["session"]}/expire')
        self.wait_for_state(sale['order'], 'released')
        self.shop.buy(carpet=5)

    def test_a_late_expiry_does_not_take_a_paid_order_back(self):
        order, event = self.paid_event(carpet=5)
        self.shop.webhook(event)
        expired = tampered(event, status='expired', isExpired=True, paymentStatus='unpaid',
                           paymentIntent=None)
        expired['type'] = 'checkout.session.expired'
        self.assertEqual(self.shop.webhook(expired).status, 200)
        self.assertState(order, 'fulfilled')
        self.assertEqual(self.shop.post('/checkout', qty_carpet=1).status, 409)

    def expire_by_mistake(self, event):
        expired = tampered(event, status='expired', isExpired=True, paymentStatus='unpaid',
                           paymentIntent=None)
        expired['type'] = 'checkout.session.expired'
        self.shop.webhook(expired)

    def test_money_that_came_after_the_release_is_found_without_its_webhook(self):
        order, event = self.paid_event(carpet=5)
        self.expire_by_mistake(event)
        self.assertState(order, 'released')
        self.run_sql('UPDATE orders SET ask_at = ask_at - 86400000')
        self.shop.sweep()
        self.assertState(order, 'fulfilled')

    def test_a_released_order_is_not_asked_about_for_ever(self):
        order, event = self.paid_event()
        self.run_sql('UPDATE orders SET created_at = created_at - 4 * 86400000')
        self.expire_by_mistake(event)
        self.assertNotEqual(self.run_sql('SELECT ask_at FROM orders'), [(None,)])
        self.run_sql('UPDATE orders SET updated_at = updated_at - 4 * 86400000')
        self.expire_by_mistake(event)
        self.assertEqual(self.run_sql('SELECT ask_at FROM orders'), [(None,)])
        self.assertState(order, 'released')

    def test_money_that_comes_after_the_release_ships_if_there_is_stock(self):
        order, event = self.paid_event(carpet=5)
        self.expire_by_mistake(event)
        self.assertState(order, 'released')
        self.shop.webhook(event)
        self.assertState(order, 'fulfilled')
        self.assertShipped(order)

    def test_money_that_comes_after_the_stock_is_gone_needs_a_person(self):
        order, event = self.paid_event(carpet=5)
        self.expire_by_mistake(event)
        self.shop.buy(carpet=1)
        self.shop.webhook(event)
        self.assertState(order, 'review')
        self.assertShipped(order, 0)


class PayLater(Case):
    def setUp(self):
        super().setUp()
        self.sale = self.shop.buy(carpet=5)
        self.order, self.session = self.sale['order'], self.sale['session']
        self.sandbox.act(self.session, 'reference')
        self.wait_for_state(self.order, 'awaiting')
        self.assertShipped(self.order, 0)

    def test_a_paid_reference_ships(self):
        self.sandbox.act(self.session, 'pay_reference')
        self.wait_for_state(self.order, 'fulfilled')
        self.assertShipped(self.order)

    def test_a_failed_reference_releases(self):
        self.sandbox.act(self.session, 'fail_reference')
        self.wait_for_state(self.order, 'released')
        self.assertShipped(self.order, 0)
        self.shop.buy(carpet=5)

    def test_an_event_that_contradicts_what_is_known_is_not_believed_but_asked_about(self):
        event = self.event()
        expired = tampered(event, status='expired', isExpired=True, paymentStatus='unpaid',
                           paymentIntent=None)
        expired['type'] = 'checkout.session.expired'
        self.assertEqual(self.shop.webhook(expired).status, 200)
        self.assertState(self.order, 'awaiting')
        self.assertEqual(self.run_sql(f'SELECT count(*) FROM orders WHERE ask_at <= {now_ms()}'), [(1,)])
        self.hold()
        self.sandbox.act(self.session, 'pay_reference')
        self.shop.sweep()
        self.assertState(self.order, 'fulfilled')

    def test_the_customer_can_read_the_reference(self):
        page = fetch('GET', f'{self.shop.url}/return?session_id={self.session}')
        number = self.sandbox.session(self.session)['paymentIntent']['nextAction'][
            'displayVoucherDetails']['reference']
        self.assertIn(number.encode(), page.body)

    def test_the_sweep_finds_a_paid_reference(self):
        self.hold()
        self.sandbox.act(self.session, 'pay_reference')
        self.shop.sweep()
        self.assertState(self.order, 'fulfilled')


class PaymentLink(Case):
    def visit(self):
        self.link = self.sandbox.control('payment-links', lineItems=[
            {'price': 'price_sandbox_tea', 'quantity': 3}])
        return fetch('GET', self.link['url']).location.rsplit('/', 1)[1]

    def test_duplicates_make_one_order(self):
        self.sandbox.control('deliveries', duplicates=9)
        session = self.visit()
        self.sandbox.pay(session)
        self.sandbox.settle()
        self.shop.return_page(session)
        orders = self.shop.orders
        self.assertEqual([(o['state'], o['subtotal'], o['paymentLinkId'], o['checkoutSessionId'])
                          for o in orders], [('fulfilled', 13500, self.link['id'], session)])
        self.assertShipped(orders[0]['id'])

    def test_a_lost_webhook_is_made_up_for_on_the_return_page(self):
        self.hold()
        session = self.visit()
        self.sandbox.pay(session)
        self.assertEqual(self.shop.return_page(session).json['state'], 'fulfilled')
        self.assertEqual(len(self.shop.orders), 1)

    def test_an_unpaid_visit_makes_no_order(self):
        session = self.visit()
        self.sandbox.control(f'sessions/{session}/expire')
        self.sandbox.settle()
        self.assertEqual(self.shop.return_page(session).status, 404)
        self.assertEqual(self.shop.orders, [])

    def test_a_reference_makes_the_order_and_its_payment_ships_it(self):
        session = self.visit()
        self.sandbox.act(session, 'reference')
        self.sandbox.settle()
        self.assertEqual([o['state'] for o in self.shop.orders], ['awaiting'])
        self.sandbox.act(session, 'pay_reference')
        self.sandbox.settle()
        self.assertEqual([o['state'] for o in self.shop.orders], ['fulfilled'])

    def test_names_from_outside_are_escaped(self):
        self.hold()
        session = self.visit()
        self.sandbox.pay(session)
        event = self.event()
        event['data']['object']['lineItems'][0]['price']['product']['name'] = '<script>"&'
        self.assertEqual(self.shop.webhook(event).status, 200)
        order = self.shop.orders[0]['id']
        page = fetch('GET', f'{self.shop.url}/orders/{order}', headers={
            'Authorization': self.shop.staff['Authorization']})
        self.assertIn(b'&lt;script&gt;&quot;&amp;', page.body)
        self.assertNotIn(b'<script>', page.body)
        self.assertEqual(self.shop.order(order)['lines'][0]['name'], '<script>"&')


class Customers(Case):
    def test_a_returning_customer_is_recognised(self):
        cookie = self.shop.sign_in('Mona@Example.com')
        first = self.shop.buy(cookie, mug=1)
        self.assertIsNone(self.sandbox.session(first['session'])['customerId'])
        self.sandbox.pay(first['session'])
        self.sandbox.settle()
        customer = self.sandbox.session(first['session'])['customerId']
        again = self.shop.sign_in('mona@example.com')
        for browser in (cookie, again):
            second = self.shop.buy(browser, shirt=1)
            self.assertEqual(self.sandbox.session(second['session'])['customerId'], customer)

    def test_a_guest_is_not_stored(self):
        sale = self.shop.buy(mug=1)
        self.sandbox.pay(sale['session'], email='guest@example.com')
        self.sandbox.settle()
        self.assertEqual(self.sandbox.state['customers'], 1)
        self.assertEqual(self.run_sql('SELECT * FROM accounts'), [])
        self.assertEqual(self.run_sql('SELECT account_id, asked_customer_id FROM orders'),
                         [(None, None)])

    def test_a_customer_whom_xpay_does_not_know_any_more_can_still_buy(self):
        cookie = self.shop.sign_in('mona@example.com')
        self.run_sql("UPDATE accounts SET customer_id = 'cus_of_another_account'")
        order = self.sell(cookie, mug=1)
        self.assertState(order, 'fulfilled')
        self.assertNotIn(self.run_sql('SELECT customer_id FROM accounts')[0][0],
                         (None, 'cus_of_another_account'))

    def test_signing_out_makes_a_guest(self):
        cookie = self.shop.sign_in('mona@example.com')
        self.shop.post('/sign-out', {'Cookie': cookie})
        sale = self.shop.buy(cookie, mug=1)
        self.assertIsNone(self.shop.order(sale['order'])['account'])

    def test_addresses_that_are_none(self):
        for email in ('', 'mona', 'mona@', '@example.com', 'a b@example.com', 'a@b@c',
                      '<script>@example.com', 'x' * 300 + '@example.com'):
            self.assertEqual(self.shop.post('/sign-in', email=email).status, 400, email)


class Guarded(Case):
    def test_the_staffs_pages_ask_for_the_password(self):
        for path in ('/orders', '/ledger', '/reviews', '/orders/ord_1'):
            self.assertEqual(fetch('GET', self.shop.url + path).status, 401)
        order = self.sell()
        for authorization in ('', 'Basic c3RhZmY6', 'Basic c3RhZmY6d3Jvbmc='):
            answer = self.shop.post(f'/orders/{order}/refunds', {'Authorization': authorization})
            self.assertEqual(answer.status, 401)
        self.assertEqual(self.sandbox.state['refunds'], 0)

    def test_a_page_of_another_site_cannot_post(self):
        order = self.sell()
        evil = {'Origin': 'https://evil.example'}
        self.assertEqual(self.shop.post(f'/orders/{order}/refunds', evil).status, 403)
        self.assertEqual(self.shop.post('/checkout', evil, qty_mug=1).status, 403)
        own = {'Origin': self.shop.url}
        self.assertEqual(self.shop.post(f'/orders/{order}/refunds', own).status, 200)

    def test_missing_settings_are_named(self):
        self.shop.stop()
        for name in ('XPAY_API_KEY', 'XPAY_WEBHOOK_SECRET', 'WAREHOUSE_URL'):
            broken = Program(self.stage, 'order-server', settings={
                n: v for n, v in self.shop.settings.items() if n != name})
            broken.log_path += '.' + name
            with self.assertRaises(Unexpected):
                broken.start()
            self.assertEqual(broken.process.returncode, 2)
            with open(broken.log_path) as log:
                self.assertIn(f'{name} is not set', log.read())
        self.shop.start()
