"""The single-file programs of examples/, as a merchant would run them."""

import json
import os
import subprocess

from case import Case, encoded
from stage import BUILD, sign


class Examples(Case):
    def run_program(self, name, *arguments, expected=0, **settings):
        environment = {**os.environ, 'XPAY_API_KEY': self.stage.api_key,
                       'XPAY_BASE_URL': self.sandbox.url,
                       'XPAY_WEBHOOK_SECRET': self.stage.secret, **settings}
        done = subprocess.run([os.path.join(BUILD, 'examples', name), *arguments], env=environment,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
        self.assertNotIn(self.stage.api_key, done.stdout + done.stderr)
        self.assertNotIn(self.stage.secret, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def setUp(self):
        super().setUp()
        self.hold()

    def test_a_session_is_made_once_for_an_order(self):
        first = self.run_program('create_session', 'order-9')
        again = self.run_program('create_session', 'order-9')
        session = first.split()[1]
        self.assertIn(session + ' (made before)', again)
        self.assertEqual(self.sandbox.session(session)['metadata'], {'order_id': 'order-9'})
        self.assertEqual(self.sandbox.state['sessions'], 1)

    def test_a_lost_refund_is_found_again_under_the_key_that_was_printed(self):
        session = self.run_program('create_session').split()[1]
        self.sandbox.pay(session)
        intent = self.sandbox.session(session)['paymentIntentId']
        self.assertIn('12.50 EGP, done', self.run_program('refund', intent, '12.50'))
        self.sandbox.lose('createRefund', 'cut_after')
        told = self.run_program('refund', intent, '10', expected=1)
        self.sandbox.control('faults', 'DELETE')
        self.assertIn('outcome: UNKNOWN', told)
        self.assertIn('made before', self.run_program('refund', intent, '10', told.split()[-1]))
        self.assertEqual(self.sandbox.state['refunded']['EGP'], 2250)
        self.assertIn('nothing was refunded',
                      self.run_program('refund', intent, '1500', expected=1))
        self.assertIn('1476.50 EGP, done', self.run_program('refund', intent, 'all'))
        self.run_program('refund', intent, '1.234', expected=2)

    def test_objects_are_printed_without_their_secrets(self):
        session = self.run_program('create_session').split()[1]
        printed = self.run_program('inspect', session)
        self.assertIn('status: open', printed)
        self.assertNotIn(self.sandbox.session(session)['clientSecret'], printed)
        self.assertIn('mer_sandbox', self.run_program('inspect', 'account'))
        self.assertIn('NOT_FOUND', self.run_program('inspect', 'cus_nobody', expected=1))
        self.run_program('inspect', 'pi_1', expected=2)
        self.run_program('inspect', 'account', expected=2, XPAY_API_KEY='')

    def test_a_webhook_is_verified_before_it_is_believed(self):
        order, event = self.paid_event()
        body = encoded(event)
        path = os.path.join(self.stage.directory, 'body')
        with open(path, 'wb') as file:
            file.write(body)
        good, old = sign(body, self.stage.secret), sign(body, self.stage.secret, 1700000000)
        printed = self.run_program('verify_webhook', good, path)
        self.assertIn(f'order {order}: ship', printed)
        self.assertIn('EXPIRED', self.run_program('verify_webhook', old, path, expected=1))
        self.run_program('verify_webhook', '--any-age', old, path)
        self.assertIn('answer 401', self.run_program(
            'verify_webhook', sign(body, 'whsec_guessed'), path, expected=1))
        with open(path, 'ab') as file:
            file.write(b' ')
        self.assertIn('MISMATCH', self.run_program('verify_webhook', good, path, expected=1))

    def test_every_customer_is_listed_once(self):
        made = self.sandbox.control('customers', count=1000)['ids']
        lines = self.run_program('list_customers').splitlines()
        self.assertEqual(lines.pop(), '1000 customers')
        self.assertEqual(sorted(line.split()[0] for line in lines), sorted(made))
        number = made.index(lines[500].split()[0])
        self.assertIn('1 customers', self.run_program('list_customers', made[number]))
        self.assertIn('0 customers', self.run_program('list_customers', 'nobody@shop.example'))

    def test_a_list_that_breaks_off_does_not_pass_for_a_whole_one(self):
        self.sandbox.control('customers', count=250)
        self.sandbox.control('faults', operation='listCustomers', kind='delay', delayMs=1, times=1)
        self.sandbox.control('faults', operation='listCustomers', kind='status', status=403,
                             code='permission_denied')
        told = self.run_program('list_customers', expected=1)
        self.assertIn('Only 100 customers, then: ', told)
        self.assertNotIn('250 customers', told)

    def test_a_link_loses_its_expiry_and_nothing_else(self):
        body = json.dumps({'lineItems': [{'priceId': 'price_sandbox_tea', 'quantity': 1}],
                           'afterCompletion': {'type': 'hosted_confirmation'},
                           'expiresAt': '2099-01-01T00:00:00Z', 'metadata': {'shop': 'tea'}})
        made = self.answer('POST', '/payment-links', body)
        self.assertEqual(made['expiresAt'][:10], '2099-01-01')
        self.assertIn('does not expire', self.run_program('keep_link', made['id']))
        kept = self.answer('GET', '/payment-links/' + made['id'])
        self.assertIsNone(kept.pop('expiresAt', None))
        for changed in ('expiresAt', 'updatedAt'):
            made.pop(changed)
            kept.pop(changed, None)
        self.assertEqual(kept, made)
        self.run_program('keep_link', 'plink_nobody', expected=1)

    def answer(self, *arguments):
        """The JSON that a raw request brings."""
        status, _, text = self.run_program('raw_request', *arguments).split('\n', 2)
        self.assertRegex(status, 'HTTP 20[01]')
        return json.loads(text)

    def test_what_has_no_function_is_asked_for_raw(self):
        body = json.dumps({'email': 'mona@shop.example'})
        made = self.answer('POST', '/customers', body, 'order-9-customer')
        self.assertEqual(self.answer('GET', '/customers?limit=1')['data'][0]['id'], made['id'])
        self.assertIn('REJECTED', self.run_program('raw_request', 'POST', '/customers', body,
                                                   expected=1))
        self.assertIn('NOT_FOUND', self.run_program('raw_request', 'GET', '/nowhere', expected=1))
        self.sandbox.control('faults', operation='createCustomer', kind='cut_after', times=1)
        told = self.run_program('raw_request', 'POST', '/customers',
                                '{"email": "nour@shop.example"}', expected=1)
        self.assertIn('outcome: UNKNOWN, next: LOOK', told)
        self.assertEqual(self.answer('GET', '/customers')['totalCount'], 2)
        session = self.run_program('create_session').split()[1]
        printed = self.run_program('raw_request', 'GET', '/checkout/sessions/' + session)
        self.assertNotIn(self.sandbox.session(session)['clientSecret'], printed)
        self.assertIn('must not begin', self.run_program('raw_request', 'GET', '//evil.example',
                                                         expected=1))
