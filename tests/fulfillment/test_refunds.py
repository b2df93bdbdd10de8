"""Refunded once, to the piastre, whoever refunds and whatever gets lost."""

import threading

from case import Case, tampered
from stage import until


class Refunds(Case):
    def refund(self, order, amount=''):
        answer = self.shop.refund(order, amount)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def test_parts_and_the_rest(self):
        order = self.sell(mug=2)
        self.assertEqual(self.refund(order, '123.45')['amount'], 12345)
        self.assertEqual(self.refund(order, '0.05')['amount'], 5)
        self.assertEqual(self.refund(order)['amount'], 50000 - 12350)
        self.sandbox.settle()
        self.assertEqual(self.shop.order(order)['refunded'], 50000)
        self.assertEqual(self.sandbox.state['refunded']['EGP'], 50000)
        self.assertEqual(self.shop.refund(order).status, 400)

    def test_amounts_that_are_none_or_too_much(self):
        order = self.sell()
        for amount in ('250.01', '0', '-1', '1.234', '1e2', 'all', '0x10', '9' * 30):
            self.assertEqual(self.shop.refund(order, amount).status, 400, amount)
        self.assertEqual(self.shop.order(order)['refunds'], [])
        self.assertEqual(self.sandbox.state['operations']['createRefund']['requests'], 0)

    def test_an_unpaid_order_has_nothing_to_refund(self):
        sale = self.shop.buy(mug=1)
        self.assertEqual(self.shop.refund(sale['order']).status, 409)
        self.assertEqual(self.shop.refund('ord_nobody').status, 404)

    def test_refunds_at_the_same_time_never_exceed_the_payment(self):
        order = self.sell()
        threads = [threading.Thread(target=self.shop.refund, args=(order, '200')) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.shop.sweep()
        self.assertEqual(self.sandbox.state['refunds'], 1)
        self.assertEqual(self.shop.order(order)['refunded'], 20000)

    def test_a_dashboard_refund_counts_once(self):
        order = self.sell()
        self.sandbox.control('deliveries', duplicates=3)
        intent = self.shop.order(order)['paymentIntentId']
        made = self.sandbox.control('refunds', paymentIntentId=intent, amount=7000)
        self.sandbox.settle()
        self.shop.sweep()
        shown = self.shop.order(order)
        self.assertEqual(shown['refunded'], 7000)
        self.assertEqual(self.shop.ledger()[1]['refunded'], 7000)
        self.assertEqual([(r['refundId'], r['fromDashboard']) for r in shown['refunds']],
                         [(made['id'], True)])
        self.assertEqual(self.refund(order)['amount'], 18000)

    def test_a_dashboard_refund_without_its_webhook_is_found_by_asking(self):
        order = self.sell()
        self.hold()
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=7000)
        self.run_sql('UPDATE orders SET ask_at = 0')
        self.shop.sweep()
        self.assertEqual(self.shop.order(order)['refunded'], 7000)

    def test_a_refund_that_comes_before_its_payment_is_delivered_again(self):
        self.hold()
        sale = self.shop.buy(mug=1)
        self.sandbox.pay(sale['session'])
        intent = self.sandbox.session(sale['session'])['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=7000)
        refunded = self.event('charge.refunded')
        self.assertEqual(self.shop.webhook(refunded).status, 404)
        self.assertEqual(self.shop.webhook(self.event()).status, 200)
        self.assertEqual(self.shop.webhook(refunded).status, 200)
        self.assertEqual(self.shop.order(sale['order'])['refunded'], 7000)

    def test_pending_counts_only_once_it_succeeded(self):
        order = self.sell()
        self.sandbox.control('next-refund', status='PENDING')
        made = self.refund(order, '100')
        self.assertEqual(made['state'], 'pending')
        self.assertEqual(self.shop.order(order)['refunded'], 0)
        self.assertEqual(self.shop.refund(order, '200').status, 400)  # the rest is spoken for
        self.hold()
        self.shop.sweep()  # the order itself is not due again before tomorrow
        self.sandbox.control(f'refunds/{made["refundId"]}', status='SUCCEEDED')
        self.shop.sweep()
        self.assertEqual(self.shop.order(order)['refunded'], 10000)

    def test_a_failed_refund_can_be_made_again_under_another_key(self):
        order = self.sell()
        self.sandbox.control('next-refund', status='FAILED')
        self.assertEqual(self.refund(order, '100')['state'], 'failed')
        self.assertEqual(self.refund(order, '100')['state'], 'succeeded')
        self.assertEqual(self.shop.order(order)['refunded'], 10000)
        keys = self.run_sql('SELECT DISTINCT idempotency_key FROM refunds')
        self.assertEqual(len(keys), 2)

    def test_a_refused_refund_is_settled_as_failed(self):
        order = self.sell()
        self.sandbox.control('faults', operation='createRefund', kind='status', status=409)
        self.assertEqual(self.refund(order, '100')['state'], 'failed')
        self.assertEqual(self.refund(order, '100')['state'], 'succeeded')
        self.assertEqual(self.sandbox.state['refunds'], 1)

    def test_what_was_recorded_is_finished_and_not_what_its_row_says_now(self):
        order = self.sell()
        self.sandbox.lose('createRefund', 'cut_after')
        self.shop.refund(order, '100')
        self.sandbox.control('faults', 'DELETE')
        self.run_sql('UPDATE refunds SET amount = 9999 WHERE idempotency_key IS NOT NULL')
        [(refund,)] = self.run_sql('SELECT id FROM refunds WHERE idempotency_key IS NOT NULL')
        self.shop.sweep()
        self.assertEqual(self.shop.order(order)['refunded'], 10000)
        self.assertEqual(self.sandbox.state['refunds'], 1)
        self.assertEqual([(r['order'], r['reason']) for r in self.shop.reviews],
                         [(order, refund + ': XPay refunded another amount than was asked for')])

    def test_an_intent_that_was_changed_is_never_sent(self):
        order = self.sell()
        self.sandbox.lose('createRefund', 'cut_before')
        self.shop.refund(order, '100')
        self.sandbox.control('faults', 'DELETE')
        self.run_sql("UPDATE intents SET body = replace(body, '10000', '10001')")
        requests = self.sandbox.state['operations']['createRefund']['requests']
        self.shop.sweep()
        self.assertEqual(self.sandbox.state['operations']['createRefund']['requests'], requests)
        self.assertEqual(self.sandbox.state['refunds'], 0)

    def test_a_refund_that_is_reversed_does_not_count_any_more(self):
        order = self.sell()
        made = self.refund(order, '100')
        self.sandbox.settle()
        succeeded = self.event('refund.created')
        self.sandbox.control(f'refunds/{made["refundId"]}', status='FAILED')
        until('the reversal is known', lambda: self.shop.order(order)['refunded'] == 0)
        self.shop.webhook(tampered(succeeded))  # an older word, late
        self.shop.sweep()
        self.assertEqual(self.shop.order(order)['refunded'], 0)

    def test_an_event_that_contradicts_what_is_known_is_not_believed(self):
        order = self.sell()
        completed = self.event()
        self.refund(order, '100')
        self.sandbox.settle()
        shown = self.event('charge.refunded')['data']['object']['refunds']
        self.assertEqual([r['status'] for r in shown], ['SUCCEEDED'])
        for status in ('PENDING', 'FAILED', 'BRAND_NEW'):
            late = tampered(completed)
            late['data']['object']['paymentIntent']['charges'][0]['refunds'] = [{**shown[0], 'status': status}]
            self.assertEqual(self.shop.webhook(late).status, 200)
            self.assertEqual(self.shop.order(order)['refunded'], 10000, status)
        self.shop.sweep()
        self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['succeeded'])

    def test_what_is_to_be_asked_is_not_forgotten_for_an_older_answer(self):
        order = self.sell()
        late = tampered(self.event())
        self.refund(order, '100')
        self.sandbox.settle()
        refund = self.event('charge.refunded')['data']['object']['refunds'][0]
        late['data']['object']['paymentIntent']['charges'][0]['refunds'] = [{**refund, 'status': 'FAILED'}]
        told = []

        def meanwhile(path, _answer):
            if path.startswith('/checkout/sessions/'):
                told.append(self.shop.webhook(late).status)
        self.run_sql('UPDATE orders SET ask_at = 0')
        with self.changed_answers(meanwhile):
            self.shop.sweep()
        self.assertEqual(told, [200])
        asked = self.sandbox.state['operations']['getCheckoutSession']['requests']
        self.shop.sweep()
        self.assertEqual(self.sandbox.state['operations']['getCheckoutSession']['requests'], asked + 1)

    def test_a_charge_that_hides_its_refunds_is_asked_about(self):
        order = self.sell()
        self.hold()
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=10000)
        hidden = tampered(self.event('charge.refunded'), refunds=[])
        self.assertEqual(self.shop.webhook(hidden).status, 200)
        self.assertEqual(self.shop.order(order)['refunded'], 0)
        self.shop.sweep()
        self.assertEqual(self.shop.order(order)['refunded'], 10000)

    def test_a_refund_that_is_canceled_gives_its_amount_back(self):
        order = self.sell()
        self.sandbox.control('next-refund', status='CANCELED')
        self.assertEqual(self.refund(order, '100')['state'], 'canceled')
        self.assertEqual(self.refund(order)['amount'], 25000)


class LostAnswers(Case):
    """What was intended is repeated under its key, however the answer got lost."""

    def lose(self, kind, order, amount='100'):
        self.sandbox.lose('createRefund', kind)
        answer = self.shop.refund(order, amount)
        self.sandbox.control('faults', 'DELETE')
        self.assertEqual(answer.json['state'], 'intended')
        return answer.json

    def finish(self, order, refunds=1):
        self.shop.sweep()
        self.sandbox.settle()
        self.shop.sweep()
        shown = self.shop.order(order)
        self.assertEqual([r['state'] for r in shown['refunds']], ['succeeded'] * refunds)
        self.assertEqual(shown['refunded'], 10000 * refunds)
        self.assertEqual(self.sandbox.state['refunds'], refunds)
        self.assertEqual(self.sandbox.state['refunded']['EGP'], 10000 * refunds)

    def test_after_it_was_made(self):
        order = self.sell()
        self.lose('cut_after', order)
        self.assertEqual(self.sandbox.state['refunds'], 1)
        self.finish(order)

    def test_after_it_was_made_and_its_webhook_came_first(self):
        order = self.sell()
        mine = self.lose('cut_after', order)
        self.sandbox.settle()
        until('the webhook is stored', lambda: len(self.shop.order(order)['refunds']) == 2)
        self.assertEqual(self.shop.order(order)['refunded'], 10000)
        self.finish(order)
        self.assertEqual(self.shop.order(order)['refunds'][0]['id'], mine['id'])

    def test_before_it_was_made(self):
        order = self.sell()
        self.lose('cut_before', order)
        self.assertEqual(self.sandbox.state['refunds'], 0)
        self.finish(order)

    def test_with_an_answer_that_cannot_be_read(self):
        order = self.sell()
        for kind in ('garble', 'truncate'):
            self.sandbox.control('faults', operation='createRefund', kind=kind, times=1)
            self.shop.refund(order, '100')
            self.shop.sweep()
        self.finish(order, 2)

    def test_with_an_answer_that_cannot_be_stored(self):
        order = self.sell()
        self.database.create_trigger('broken', 'BEFORE UPDATE OF ask_at ON orders', 'fail')
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended')
        self.database.drop_trigger('broken', 'orders')
        self.finish(order)

    def test_nothing_else_is_refunded_meanwhile(self):
        order = self.sell()
        self.lose('cut_after', order)
        self.assertEqual(self.shop.refund(order, '50').status, 409)
        self.finish(order)

    def test_a_dashboard_refund_of_the_same_amount_is_not_taken_for_it(self):
        order = self.sell()
        self.lose('cut_before', order)
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=10000)
        self.sandbox.settle()
        self.finish(order, 2)

    def test_a_kill_while_it_is_under_way(self):
        order = self.sell()
        self.sandbox.control('faults', operation='createRefund', kind='delay', delayMs=400,
                             after=True, times=1)
        thread = threading.Thread(target=self.swallow, args=(order,))
        thread.start()
        until('the refund is made', lambda: self.sandbox.state['refunds'] == 1)
        self.shop.kill()
        thread.join()
        self.shop.start()
        self.finish(order)

    def swallow(self, order):
        try:
            self.shop.refund(order, '100')
        except OSError:
            pass

    def age(self):
        """All that was asked for was asked for a day ago."""
        self.run_sql('UPDATE refunds SET created_at = created_at - 24 * 3600000')
        self.run_sql('UPDATE intents SET created_at = created_at - 24 * 3600000,'
                     ' not_after = not_after - 24 * 3600000')

    def test_a_key_that_is_too_old_is_looked_for_and_not_repeated(self):
        order = self.sell()
        self.lose('cut_after', order)
        self.sandbox.settle()
        self.age()
        requests = self.sandbox.state['operations']['createRefund']['requests']
        self.finish(order)
        self.assertEqual(self.sandbox.state['operations']['createRefund']['requests'], requests)

    def test_a_key_that_is_too_old_is_not_given_up_for_an_answer_without_the_payment(self):
        order = self.sell()
        self.hold()
        self.lose('cut_after', order)
        self.age()

        def change(path, answer):
            if path.startswith('/checkout/sessions/'):
                answer['paymentIntent'] = None
        with self.changed_answers(change):
            self.shop.sweep()
        self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['intended'])
        self.release()
        self.finish(order)

    def test_a_key_that_is_too_old_is_not_given_up_without_having_asked(self):
        order = self.sell()
        self.hold()
        self.lose('cut_after', order)
        self.age()
        self.run_sql('UPDATE orders SET asked_at = created_at + 3600000')  # the clock was set back
        self.shop.sweep()
        self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['succeeded'])
        self.assertEqual(self.sandbox.state['refunds'], 1)

    def test_a_key_that_is_too_old_and_never_arrived_is_settled_as_failed(self):
        order = self.sell()
        self.lose('cut_before', order)
        self.age()
        self.shop.sweep()
        shown = self.shop.order(order)
        self.assertEqual([r['state'] for r in shown['refunds']], ['failed'])
        self.assertEqual(self.sandbox.state['refunds'], 0)


class Doubt(Case):
    """One call may have made it: what a later one comes to does not undo that."""

    def assertRefundedOnce(self, order, states=('succeeded',)):
        self.sandbox.settle()
        self.shop.sweep()
        shown = self.shop.order(order)
        self.assertEqual([r['state'] for r in shown['refunds']], list(states))
        self.assertEqual(shown['refunded'], 10000)
        self.assertEqual(self.sandbox.state['refunds'], 1)

    def lose(self, order, kind='cut_after'):
        self.sandbox.lose('createRefund', kind)
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended')
        self.sandbox.control('faults', 'DELETE')

    def assertStillOpen(self, order):
        self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']
                          if not r['fromDashboard']], ['intended'])
        self.assertEqual(self.shop.refund(order, '1').status, 409)

    def refuse(self, order, **fault):
        """Sweeps while the repeat is refused like this, and then not any more."""
        self.sandbox.control('faults', operation='createRefund', times=9, **fault)
        self.shop.sweep()
        self.sandbox.control('faults', 'DELETE')

    def test_a_firewall_that_refuses_the_repeat(self):
        order = self.sell()
        self.lose(order)
        self.refuse(order, kind='html')
        self.assertStillOpen(order)
        self.assertRefundedOnce(order)

    def test_a_sweep_that_leaves_it_in_doubt_says_so(self):
        order = self.sell()
        self.lose(order)
        self.sandbox.control('faults', operation='createRefund', kind='html', times=9)
        self.assertNotEqual(self.shop.sweep(), 0)
        self.sandbox.control('faults', 'DELETE')
        self.assertEqual(self.shop.sweep(), 0)
        self.assertRefundedOnce(order)

    def test_a_firewall_that_refuses_a_repeat_within_the_call(self):
        order = self.sell()
        for kind in ('cut_after', 'html'):
            self.sandbox.control('faults', operation='createRefund', kind=kind, times=1)
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended')
        self.assertStillOpen(order)
        self.assertRefundedOnce(order)

    def test_a_key_that_was_rolled_or_used_too_often_meanwhile(self):
        order = self.sell()
        self.lose(order, 'cut_before')
        for status in (401, 403, 429):
            self.refuse(order, kind='status', status=status, stored=False)
            self.assertStillOpen(order)
        self.assertRefundedOnce(order)

    def test_a_repeat_that_cannot_be_sent(self):
        order = self.sell()
        self.lose(order)
        self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url.replace('http:', 'https:')
        self.shop.sweep()  # a handshake with a server that knows none
        self.shop.settings['XPAY_BASE_URL'] = self.sandbox.url
        self.assertStillOpen(order)
        self.assertRefundedOnce(order)

    def test_a_kill_before_the_answer_was_known(self):
        order = self.sell()
        self.sandbox.control('faults', operation='createRefund', kind='delay', delayMs=400,
                             after=True, times=1)
        thread = threading.Thread(target=LostAnswers.swallow, args=(self, order))
        thread.start()
        until('the refund is made', lambda: self.sandbox.state['refunds'] == 1)
        self.shop.kill()
        thread.join()
        self.sandbox.control('faults', operation='createRefund', times=99, kind='html')
        self.shop.start()
        self.shop.sweep()
        self.assertStillOpen(order)
        self.sandbox.control('faults', 'DELETE')
        self.assertRefundedOnce(order)

    def test_a_refusal_of_xpays_own_is_knowledge(self):
        for status in (400, 404, 409):
            order = self.sell()
            self.lose(order, 'cut_before')
            self.refuse(order, kind='status', status=status)
            self.assertStillOpen(order)  # XPay may show late what it made
            self.run_sql("UPDATE refunds SET created_at = created_at - 660000 WHERE state = 'intended'")
            self.shop.sweep()
            self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['failed'])
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'succeeded')
        self.assertRefundedOnce(order, ['failed', 'succeeded'])

    def test_a_refusal_of_what_xpay_shows_is_left_to_a_person(self):
        order = self.sell()
        self.lose(order, 'cut_before')
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=10000)
        self.refuse(order, kind='status', status=409)
        shown = self.shop.order(order)['refunds']
        self.assertEqual(sorted(r['state'] for r in shown), ['review', 'succeeded'])
        self.assertEqual(self.shop.refund(order, '100').status, 400)
        self.assertEqual(self.sandbox.state['refunds'], 1)

    def test_clocks_that_differ_do_not_hide_what_was_made(self):
        order = self.sell()
        self.lose(order, 'cut_before')
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=10000)
        self.run_sql('UPDATE refunds SET created_at = created_at + 60000'
                     ' WHERE idempotency_key IS NOT NULL')
        self.refuse(order, kind='status', status=409)
        shown = self.shop.order(order)['refunds']
        self.assertEqual(sorted(r['state'] for r in shown), ['review', 'succeeded'])
        self.assertEqual(self.sandbox.state['refunds'], 1)

    def test_refusals_of_what_was_never_in_doubt_settle_it(self):
        order = self.sell()
        self.sandbox.control('faults', operation='createRefund', kind='status', status=400, times=1)
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'failed')
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'succeeded')
        self.assertRefundedOnce(order, ['failed', 'succeeded'])

    def test_a_refusal_of_who_asks_or_how_often_settles_nothing(self):
        for status in (401, 429):
            order = self.sell()
            self.sandbox.control('faults', operation='createRefund', kind='status', status=status,
                                 stored=False, times=99)
            self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended', status)
            self.sandbox.control('faults', 'DELETE')
            self.shop.sweep()
            self.assertEqual([r['state'] for r in self.shop.order(order)['refunds']], ['succeeded'], status)

    def test_a_refusal_that_is_not_xpays_settles_nothing(self):
        order = self.sell()
        self.sandbox.control('faults', operation='createRefund', kind='html', times=1)
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended')
        self.shop.sweep()
        self.assertRefundedOnce(order)


class NotTold(Case):
    """A look at XPay settles nothing when it does not show all that there is."""

    def lose(self, hide):
        order = self.sell()
        self.hold()
        self.sandbox.lose('createRefund', 'cut_after')
        self.assertEqual(self.shop.refund(order, '100').json['state'], 'intended')
        self.sandbox.control('faults', 'DELETE')
        LostAnswers.age(self)

        def change(path, answer):
            if path.startswith('/checkout/sessions/'):
                answer['paymentIntent']['latestCharge'] = None
                hide(answer['paymentIntent'])
        with self.changed_answers(change):
            self.shop.sweep()
        return order

    def states(self, order):
        return [r['state'] for r in self.shop.order(order)['refunds'] if not r['fromDashboard']]

    def test_refunds_that_are_hidden_or_cannot_be_counted_are_not_taken_for_none(self):
        def without_id(intent):
            intent['charges'][0]['refunds'][0].pop('id')

        def in_new_money(intent):
            intent['charges'][0]['refunds'][0]['currency'] = 'XPC'

        def without_list(intent):
            intent['charges'][0]['refunds'] = []

        def without_charges(intent):
            intent['charges'] = []

        def behind_a_failed_one(intent):
            intent['charges'][0]['refunds'][0].update(id='re_test_failed', status='FAILED', amount=20000)
        for hide in (without_id, in_new_money, without_list, without_charges, behind_a_failed_one):
            order = self.lose(hide)
            self.assertEqual(self.states(order), ['intended'], hide)
            self.assertEqual(self.shop.refund(order, '1').status, 409)
            self.release()
            self.shop.sweep()
            self.assertEqual(self.states(order), ['succeeded'], hide)

    def test_what_is_never_told_is_for_a_person(self):
        def without_charges(intent):
            intent.update(charges=[], latestCharge=None)
        order = self.lose(without_charges)
        self.run_sql("UPDATE refunds SET created_at = created_at - 2 * 86400000 WHERE state = 'intended'")

        def change(path, answer):
            if path.startswith('/checkout/sessions/'):
                without_charges(answer['paymentIntent'])
        with self.changed_answers(change):
            self.shop.sweep()
        self.assertEqual(self.states(order), ['review'])
        self.assertEqual([r['order'] for r in self.shop.reviews], [order])


class OddAnswers(Case):
    def test_a_refund_without_an_id_is_looked_for(self):
        order = self.sell()
        self.sandbox.lose('createRefund', 'cut_before')
        self.shop.refund(order, '100')
        self.sandbox.control('faults', 'DELETE')

        def change(path, answer):
            if path == '/refunds':
                del answer['id']
        with self.changed_answers(change):
            self.assertEqual(self.shop.sweep(), 0)
        shown = self.shop.order(order)
        self.assertEqual([r['state'] for r in shown['refunds']], ['succeeded'])
        self.assertEqual((self.sandbox.state['refunds'], shown['refunded']), (1, 10000))

    def test_a_long_reason_is_kept_as_far_as_there_is_room(self):
        order = self.sell()
        self.sandbox.lose('createRefund', 'cut_before')
        self.shop.refund(order, '100')
        self.sandbox.control('faults', 'DELETE')
        self.sandbox.control('next-refund', status='FAILED')

        def change(path, answer):
            if path == '/refunds':
                answer['failureMessage'] = 'مرفوض ' * 300
        with self.changed_answers(change):
            self.assertEqual(self.shop.sweep(), 0)
        shown = self.shop.order(order)['refunds']
        self.assertEqual([r['state'] for r in shown], ['failed'])
        self.assertTrue(shown[0]['note'].startswith('مرفوض'))


class Currencies(Case):
    def test_a_usd_order_is_paid_and_refunded_in_egp(self):
        order = self.sell(poster=2)
        shown = self.shop.order(order)
        self.assertEqual((shown['subtotal'], shown['currency']), (3900, 'USD'))
        self.assertEqual((shown['paidAmount'], shown['paidCurrency']), (198939, 'EGP'))
        part = self.shop.refund(order, '10.01').json
        self.assertEqual((part['amount'], part['currency'], part['state']),
                         (51061, 'EGP', 'succeeded'))  # 10.01 x 51.01 = 510.6101
        rest = self.shop.refund(order).json
        self.assertEqual(rest['amount'], 198939 - 51061)
        self.sandbox.settle()
        self.assertEqual(self.shop.order(order)['refunded'], 198939)


    def test_parts_of_a_usd_order_leave_no_rest(self):
        for parts in (['19.50', '19.50'], ['13', '13', '13'], ['0.01', '38.98', '0.01'],
                      ['38.99', '']):
            order = self.sell(poster=2)
            for part in parts:
                self.assertEqual(self.shop.refund(order, part).json['state'], 'succeeded', part)
            self.assertEqual(self.shop.order(order)['refunded'], 198939, parts)
            self.assertEqual(self.shop.refund(order).status, 400)

    def test_no_more_is_refunded_than_was_paid_in_either_currency(self):
        order = self.sell(poster=2)
        self.assertEqual(self.shop.refund(order, '39.01').status, 400)
        self.shop.refund(order, '20')
        self.assertEqual(self.shop.refund(order, '19.01').status, 400)
        self.sandbox.control('next-refund', status='FAILED')
        self.assertEqual(self.shop.refund(order, '19').json['state'], 'failed')
        self.assertEqual(self.shop.refund(order, '19').json['state'], 'succeeded')
        self.assertEqual(self.shop.order(order)['refunded'], 198939)

    def test_a_dashboard_refund_counts_in_the_priced_currency_too(self):
        order = self.sell(poster=2)
        intent = self.shop.order(order)['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=99470)  # 19.50 USD
        self.sandbox.settle()
        self.assertEqual(self.shop.refund(order, '19.51').status, 400)
        self.shop.refund(order, '19.50')
        self.assertEqual(self.shop.order(order)['refunded'], 198939)


class Books(Case):
    def test_the_ledger_equals_xpays(self):
        orders = [self.sell(mug=3), self.sell(poster=1), self.sell(shirt=1, mug=1)]
        self.shop.refund(orders[0], '10')
        self.shop.refund(orders[1])
        intent = self.shop.order(orders[2])['paymentIntentId']
        self.sandbox.control('refunds', paymentIntentId=intent, amount=333)
        self.sandbox.control('next-refund', status='FAILED')
        self.shop.refund(orders[2], '5')
        self.sandbox.settle()
        self.shop.sweep()
        sums, egp = self.shop.ledger()
        theirs = self.sandbox.state['ledger']
        self.assertEqual(sums['ordersToAskAgain'], 0)
        self.assertTrue(egp['addsUp'])
        self.assertEqual(egp['gross'] - egp['refunded'], theirs['amount'])
        self.assertEqual((egp['fees'], egp['net']), (theirs['fee'], theirs['net']))
        self.assertEqual(egp['refunded'], self.sandbox.state['refunded']['EGP'])
        self.assertEqual(egp['gross'], 75000 + 99469 + 114950)

    def test_a_late_webhook_does_not_set_the_books_back(self):
        order = self.sell()
        event = self.event()
        self.shop.refund(order, '100')
        self.shop.sweep()
        self.assertEqual(self.shop.ledger()[1]['refunded'], 10000)
        self.shop.webhook(tampered(event))
        self.assertEqual(self.shop.ledger()[1]['refunded'], 10000)


class BooksOfTheOtherGraph(Books):
    """Refunds beside the charges, with their own ledger rows."""

    graph = 'seed'


class BooksOfBothGraphs(Books):
    """Refunds in both places: each counts once."""

    graph = 'both'
