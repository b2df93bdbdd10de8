"""The single-file programs of examples/, as a merchant would run them."""

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
