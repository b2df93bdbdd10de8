"""What webhooks may and may not bring about."""

import copy
import time
from concurrent.futures import ThreadPoolExecutor

from case import Case, encoded, tampered
from stage import fetch, sign, until


class Once(Case):
    def test_parallel_duplicates_ship_once(self):
        order, event = self.paid_event()
        with ThreadPoolExecutor(12) as threads:
            answers = list(threads.map(self.shop.webhook, [event] * 24))
        self.assertEqual({a.status for a in answers}, {200})
        self.assertShipped(order)
        self.assertEqual(len(self.shop.order(order)['events']), 1)

    def test_redelivery_after_shipping_ships_nothing(self):
        order, event = self.paid_event()
        self.shop.webhook(event)
        self.assertShipped(order)
        again = self.shop.webhook(event)
        self.assertEqual((again.status, again.body), (200, b'Stored before.\n'))
        self.assertShipped(order)

    def test_another_event_about_the_same_payment_ships_nothing(self):
        order, event = self.paid_event()
        self.shop.webhook(event)
        self.assertEqual(self.shop.webhook(tampered(event)).status, 200)
        self.assertShipped(order)

    def test_a_type_that_nobody_knows_ships_nothing_and_has_xpay_asked(self):
        order, event = self.paid_event()
        other, _ = self.paid_event()
        due = 'SELECT count(*) FROM orders WHERE ask_at <= {}'
        strange = tampered(event)
        strange['type'] = 'checkout.session.settled'
        stranger = {**strange, 'id': 'evt_test_stranger', 'data': {'object': {
            **event['data']['object'], 'id': 'cs_test_stranger'}}}
        for unknown in (strange, stranger):
            self.assertEqual(self.shop.webhook(unknown).status, 200)
        self.assertState(order, 'open')
        self.assertEqual(self.run_sql(due.format(int(time.time() * 1000))), [(1,)])
        self.shop.sweep()
        self.assertShipped(order)

    def test_webhook_sweep_and_return_page_together_ship_once(self):
        order, event = self.paid_event()
        session = event['data']['object']['id']
        with ThreadPoolExecutor(6) as threads:
            for _ in range(2):
                threads.submit(self.shop.webhook, event)
                threads.submit(self.shop.sweep)
                threads.submit(self.shop.return_page, session)
        self.assertState(order, 'fulfilled')
        self.assertShipped(order)

    def test_events_in_the_wrong_order_do_not_lead_back(self):
        self.hold()
        sale = self.shop.buy(mug=1)
        self.sandbox.act(sale['session'], 'reference')
        self.sandbox.act(sale['session'], 'pay_reference')
        succeeded = self.event('checkout.session.async_payment_succeeded')
        self.assertEqual(self.shop.webhook(succeeded).status, 200)
        self.assertEqual(self.shop.webhook(self.event()).status, 200)
        self.assertState(sale['order'], 'fulfilled')
        self.assertShipped(sale['order'])

    def test_reordered_and_duplicated_deliveries_ship_once(self):
        self.sandbox.control('deliveries', hold=True, reorder=True, duplicates=1)
        sale = self.shop.buy(mug=1)
        self.sandbox.act(sale['session'], 'decline')
        self.sandbox.pay(sale['session'])
        self.sandbox.control('deliveries/release')
        self.wait_for_state(sale['order'], 'fulfilled')
        self.release()
        self.sandbox.settle()
        self.assertShipped(sale['order'])
        self.assertEqual({e['type'] for e in self.shop.order(sale['order'])['events']},
                         {'payment_intent.payment_failed', 'checkout.session.completed'})

    def test_reordered_deliveries_follow_each_other_at_once(self):
        self.sandbox.control('deliveries', hold=True, reorder=True, duplicates=7)
        sale = self.shop.buy(mug=1)
        self.sandbox.pay(sale['session'])
        began = time.monotonic()
        self.sandbox.control('deliveries/release')
        self.sandbox.settle()
        self.assertLess(time.monotonic() - began, 4)
        self.assertShipped(sale['order'])

    def test_types_that_are_not_acted_on_are_acknowledged(self):
        order, event = self.paid_event()
        for type in ('payout.paid', 'checkout.session.renamed', 'webhook_endpoint.delivery_failed'):
            other = tampered(event)
            other['type'] = type
            self.assertEqual(self.shop.webhook(other).status, 200)
        self.assertState(order, 'open')


class Refused(Case):
    def refuse(self, order, answer, status):
        self.assertEqual(answer.status, status)
        self.assertState(order, 'open')
        self.assertEqual(self.shop.order(order)['events'], [])

    def test_forged_webhooks(self):
        order, event = self.paid_event()
        body, now = encoded(event), int(time.time())
        good = sign(body, self.stage.secret)
        self.refuse(order, self.shop.webhook(event, secret='whsec_guessed'), 401)
        self.refuse(order, self.shop.webhook(body + b' ', signature=good), 401)
        self.refuse(order, fetch('POST', self.shop.url + '/webhooks/xpay', body), 401)
        for signature in ('', 't=,v1=', good.split(',')[1], f't={now}', f't={now},v1=' + '0' * 64):
            self.refuse(order, self.shop.webhook(event, signature=signature), 401)
        self.assertEqual(self.shop.webhook(body, signature=good).status, 200)
        self.assertShipped(order)

    def test_stale_and_future_webhooks(self):
        order, event = self.paid_event()
        self.refuse(order, self.shop.webhook(event, at=int(time.time()) - 302), 401)
        self.refuse(order, self.shop.webhook(event, at=int(time.time()) + 303), 401)
        self.assertEqual(self.shop.webhook(event, at=int(time.time()) - 295).status, 200)
        self.assertShipped(order)

    def test_signed_bodies_that_are_no_events(self):
        order, event = self.paid_event()
        for body in (b'', b'{', b'[]', b'\xef\xbb\xbf' + encoded(event), b'{"object":"event"}'):
            self.refuse(order, self.shop.webhook(body), 500)

    def test_events_of_the_other_mode(self):
        order, event = self.paid_event()
        envelope = tampered(event)
        envelope['livemode'] = True
        self.refuse(order, self.shop.webhook(envelope), 500)
        self.refuse(order, self.shop.webhook(tampered(event, livemode=True)), 500)
        self.shop.webhook(event)
        self.assertShipped(order)

    def test_a_session_that_is_not_the_orders(self):
        order, event = self.paid_event()
        self.assertEqual(event['data']['object']['metadata'], {'order_id': order})
        stranger = tampered(event, id='cs_test_stranger')
        self.refuse(order, self.shop.webhook(stranger), 404)
        self.refuse(order, self.shop.webhook(stranger), 404)  # and is not remembered as done
        self.assertShipped(order, 0)

    def test_bodies_that_are_too_large(self):
        order, event = self.paid_event()
        self.refuse(order, self.shop.webhook(encoded(event) + b' ' * (1 << 20)), 413)


class Reviewed(Case):
    def review(self, changes, **cart):
        order, event = self.paid_event(**cart)
        answer = self.shop.webhook(tampered(event, **changes))
        self.assertEqual(answer.status, 200)
        self.assertState(order, 'review')
        self.assertIn(order, [r['order'] for r in self.shop.reviews])
        self.assertEqual(self.shop.webhook(event).status, 200)  # a person decides, not a retry
        self.assertState(order, 'review')
        self.assertShipped(order, 0)

    def test_too_little(self):
        self.review({'amountSubtotal': 24999})

    def test_too_much(self):
        self.review({'amountSubtotal': 25001})

    def test_another_currency(self):
        self.review({'currency': 'USD', 'paymentIntent__currency': 'USD'})

    def test_another_presentment_amount(self):
        self.review({'presentmentDetails__amountSubtotal': 1}, poster=1)

    def test_the_processing_amount_does_not_stand_for_the_presentment_amount(self):
        order, event = self.paid_event(poster=1)
        del event['data']['object']['presentmentDetails']
        self.shop.webhook(event)
        self.assertState(order, 'review')

    def test_an_earlier_session_of_the_order(self):
        sale = self.shop.buy(mug=1)
        self.sandbox.control(f'sessions/{sale["session"]}/expire')
        self.wait_for_state(sale['order'], 'released')
        again = self.shop.post('/pay', order=sale['order']).json
        self.assertNotEqual(again['session'], sale['session'])
        self.hold()
        self.sandbox.pay(again['session'])
        paid = self.event()
        late = tampered(paid, id=sale['session'])
        self.assertEqual(self.shop.webhook(late).status, 200)
        self.assertState(sale['order'], 'open')
        self.assertEqual([r['session'] for r in self.shop.reviews], [sale['session']])
        self.assertShipped(sale['order'], 0)
        self.shop.webhook(paid)
        self.assertShipped(sale['order'])


class Incomplete(Case):
    """A signed event may lack anything: it is no reason to fall over, or not to ship."""

    def test_refunds_without_an_id(self):
        order = self.sell()
        self.hold()
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=7000)
        created, refunded = self.event('refund.created'), self.event('charge.refunded')
        paid = tampered(self.event())
        paid['data']['object']['paymentIntent']['charges'] = [
            copy.deepcopy(refunded['data']['object'])]
        bad = [tampered(created), tampered(refunded), paid]
        for at in (bad[0]['data']['object'], bad[1]['data']['object']['refunds'][0],
                   paid['data']['object']['paymentIntent']['charges'][0]['refunds'][0]):
            del at['id']
        for event in bad:
            self.assertEqual(self.shop.webhook(event).status, 200, event['type'])
        self.assertEqual(self.shop.order(order)['refunded'], 0)
        self.shop.webhook(created)
        self.assertEqual(self.shop.order(order)['refunded'], 7000)

    def test_ids_and_texts_that_are_too_long(self):
        order, event = self.paid_event()
        long = 'x' * 5000
        for path in ('paymentIntent__id', 'paymentIntentId', 'customerId'):
            self.assertEqual(self.shop.webhook(tampered(event, **{path: long})).status, 200, path)
        self.assertEqual(self.shop.order(order)['state'], 'fulfilled')
        self.assertShipped(order)

    def test_an_object_that_cannot_be_told_is_not_acknowledged(self):
        order, event = self.paid_event()
        for type in ('checkout.session.completed', 'checkout.session.expired',
                     'checkout.session.async_payment_succeeded',
                     'checkout.session.async_payment_failed', 'charge.refunded', 'refund.created',
                     'refund.failed'):
            for object in ('checkout_session_v2', 'payment_intent', None):
                strange = tampered(event, object=object)
                strange['type'] = type
                self.assertEqual(self.shop.webhook(strange).status, 500, (type, object))
                with open(self.shop.log_path) as log:
                    self.assertIn(strange['id'], log.read())
        self.assertState(order, 'open')
        self.assertEqual(self.shop.order(order)['events'], [])
        self.shop.webhook(event)
        self.assertShipped(order)

    def test_events_of_which_nothing_is_left(self):
        order, event = self.paid_event()
        kept = event['data']['object']
        for name in list(kept):
            if name not in ('object', 'id'):
                bare = tampered(event)
                del bare['data']['object'][name]
                self.assertIn(self.shop.webhook(bare).status, (200, 500), name)
        for type in ('checkout.session.completed', 'charge.refunded', 'refund.failed',
                     'payment_intent.payment_failed'):
            for object in ('checkout.session', 'charge', 'refund', 'payment_intent'):
                bare = tampered(event)
                bare['type'], bare['data']['object'] = type, {'object': object}
                self.assertGreaterEqual(self.shop.webhook(bare).status, 200)
        self.assertShipped(order)


class OddAmounts(Case):
    """What cannot be counted goes to a person, and keeps nothing from being shipped."""

    def assertReviewed(self, order, reason):
        self.assertIn((order, reason), [(r['order'], r['reason']) for r in self.shop.reviews])

    def test_refunds_that_cannot_be_counted(self):
        for amount in (0, -500, 'absent'):
            order, event = self.paid_event()
            intent = event['data']['object']['paymentIntentId']
            made = self.sandbox.control('refunds', paymentIntentId=intent, amount=7000)
            refunded, created = self.event('charge.refunded'), self.event('refund.created')
            paid = tampered(event)
            paid['data']['object']['paymentIntent']['charges'] = [
                copy.deepcopy(refunded['data']['object'])]
            odd = [paid, tampered(refunded), tampered(created)]
            for at in (paid['data']['object']['paymentIntent']['charges'][0]['refunds'][0],
                       odd[1]['data']['object']['refunds'][0], odd[2]['data']['object']):
                at['amount'] = amount
                if amount == 'absent':
                    del at['amount']
            for event in odd:
                self.assertEqual(self.shop.webhook(event).status, 200, (amount, event['type']))
            self.assertState(order, 'fulfilled')
            self.assertReviewed(order, 'XPay shows a refund that cannot be counted')
            self.assertShipped(order)
            self.assertEqual(self.shop.order(order)['refunds'], [])
            self.shop.webhook(created)
            self.assertEqual([r['refundId'] for r in self.shop.order(order)['refunds']],
                             [made['id']])

    def test_a_paid_amount_below_zero(self):
        order, event = self.paid_event()
        odd = tampered(event, paymentIntent__amountReceived=-1)
        self.assertEqual(self.shop.webhook(odd).status, 200)
        self.assertState(order, 'fulfilled')
        self.assertReviewed(order, 'what was paid is no amount')
        self.assertShipped(order)
        self.assertEqual(self.shop.refund(order).status, 409)
        self.shop.webhook(event)
        self.assertEqual(self.shop.order(order)['paidAmount'], 25000)

    def test_a_payment_that_is_another_orders(self):
        first = self.sell()
        order, event = self.paid_event()
        intent = self.shop.order(first)['paymentIntentId']
        odd = tampered(event, paymentIntentId=intent, paymentIntent__id=intent)
        self.assertEqual(self.shop.webhook(odd).status, 200)
        self.assertState(order, 'review')
        self.assertReviewed(order, "its payment is another order's")
        self.assertShipped(order, 0)

    def test_a_links_prices_below_zero(self):
        link = self.sandbox.control('payment-links', lineItems=[
            {'price': 'price_sandbox_tea', 'quantity': 1}])
        session = fetch('GET', link['url']).location.rsplit('/', 1)[1]
        self.hold()
        self.sandbox.pay(session)
        odd = tampered(self.event(), amountSubtotal=-1)
        self.assertEqual(self.shop.webhook(odd).status, 200)
        self.assertEqual((self.shop.orders, len(self.shop.reviews)), ([], 1))
        odd = tampered(self.event())
        odd['data']['object']['lineItems'][0]['price']['unitAmount'] = -1
        self.assertEqual(self.shop.webhook(odd).status, 200)
        self.assertState(self.shop.orders[0]['id'], 'fulfilled')


class Paid(Case):
    """Only the payment status decides."""

    def test_complete_is_not_paid(self):
        order, event = self.paid_event()
        for status in ('unpaid', 'something_new', '', None):
            answer = self.shop.webhook(
                tampered(event, paymentStatus=status, paymentIntent=None))
            self.assertIn(answer.status, (200, 500))
        self.assertNotIn(self.shop.order(order)['state'], ('fulfilled', 'review'))
        self.assertShipped(order, 0)

    def test_nothing_to_pay_ships_once_the_session_is_complete(self):
        order, event = self.paid_event()
        free = {'paymentStatus': 'no_payment_required', 'paymentIntent': None, 'amountTotal': 0}
        self.shop.webhook(tampered(event, status='open', **free))
        self.assertState(order, 'open')
        self.shop.webhook(tampered(event, **free))
        self.assertState(order, 'fulfilled')
        self.assertShipped(order)

    def test_declined_attempts_are_noted_and_leave_the_order_open(self):
        sale = self.shop.buy(mug=1)
        self.sandbox.act(sale['session'], 'decline', code='lost_card')
        self.sandbox.settle()
        self.assertState(sale['order'], 'open')
        self.assertEqual([e['note'] for e in self.shop.order(sale['order'])['events']],
                         ['declined: lost_card'])
        self.sandbox.pay(sale['session'])
        self.wait_for_state(sale['order'], 'fulfilled')

    def test_a_session_with_fees_passed_on_is_compared_by_its_subtotal(self):
        order, event = self.paid_event()
        total = event['data']['object']['amountTotal']
        self.shop.webhook(tampered(event, amountTotal=total + 988,
                                   paymentIntent__amountReceived=total + 988))
        self.assertState(order, 'fulfilled')
        self.assertEqual(self.shop.order(order)['paidAmount'], total + 988)


class Rotation(Case):
    settings = {'XPAY_WEBHOOK_SECRET_OLD': 'whsec_of_last_year'}

    def test_both_secrets_hold_while_they_are_changed(self):
        order, event = self.paid_event()
        self.assertEqual(self.shop.webhook(event, secret='whsec_of_last_year').status, 200)
        self.assertEqual(self.shop.webhook(event).status, 200)
        self.assertShipped(order)


class Whole(Case):
    def test_a_transaction_is_stored_whole_or_not_at_all(self):
        order, event = self.paid_event()
        for table in ('events', 'outbox', 'ledger'):
            self.database.create_trigger('broken', f'BEFORE INSERT ON {table}', 'fail')
            self.assertEqual(self.shop.webhook(event).status, 500)
            self.assertState(order, 'open')
            self.assertEqual(self.shop.order(order)['events'], [])
            self.assertShipped(order, 0)
            self.database.drop_trigger('broken', table)
        self.assertEqual(self.shop.webhook(event).status, 200)
        self.assertShipped(order)


class Busy(Case):
    def test_a_busy_database_is_answered_with_503_and_delivered_again(self):
        order, event = self.paid_event()
        with self.database.held():
            answer = self.shop.webhook(event)
            self.assertEqual(answer.status, 503)
        self.release()
        until('the redelivery is acted on',
              lambda: self.shop.order(order)['state'] == 'fulfilled')
        self.assertShipped(order)
