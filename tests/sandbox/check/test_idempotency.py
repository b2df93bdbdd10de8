"""Where a key is heeded, and where it is not known to be."""

from place import CONFIRM, Case
from test_operations import BODIES

SESSION = BODIES['createCheckoutSession']


class Keys(Case):
    def test_evidenced_operations_act_once_under_a_key(self):
        session = self.call('POST', '/checkout/sessions', SESSION)['id']
        endpoint = self.made('/webhook-endpoints', BODIES['createWebhookEndpoint'])['id']
        for method, path, body in (('POST', '/checkout/sessions', SESSION),
                                   ('PATCH', '/checkout/sessions/' + session, {'metadata': {'a': 1}}),
                                   ('POST', '/webhook-endpoints', BODIES['createWebhookEndpoint']),
                                   ('PATCH', '/webhook-endpoints/' + endpoint, {'description': 'B'}),
                                   ('POST', f'/checkout/sessions/{session}/expire', None)):
            with self.subTest(method=method, path=path):
                key = 'key-' + method + path.replace('/', '-')
                first, second = [self.call(method, path, body, idempotency=key) for _ in range(2)]
                self.assertLess(first.status, 300, first)
                self.assertEqual((second.status, second.body), (first.status, first.body))
                self.assertEqual((first.headers['Idempotent-Replayed'], second.headers['Idempotent-Replayed']),
                                 (None, 'true'))
                other = self.call(method, path + '?liveMode=false', body, idempotency=key)
                self.assertRefused(other, 400, 'idempotency_key_in_use', None)

    def test_other_operations_ignore_keys_unless_told(self):
        product, price, link = self.product()['id'], self.price()['id'], self.link()['id']
        calls = [
            ('POST', '/products', {'name': 'Cup'}), ('PATCH', '/products/' + product, {'name': 'Mug'}),
            ('POST', '/prices?productId=' + product, BODIES['createPrice']),
            ('PATCH', '/prices/' + price, {'name': 'A'}),
            ('POST', '/payment-links', BODIES['createPaymentLink']),
            ('PATCH', '/payment-links/' + link, {'metadata': {}}),
            ('POST', '/customers', {'phone': '01012345678'}),
        ]
        for everywhere in (False, True):
            self.sandbox.control('idempotency', everywhere=everywhere)
            for method, path, body in calls:
                with self.subTest(method=method, path=path, everywhere=everywhere):
                    key = f'{method}-{path}-{everywhere}'
                    first, second = [self.call(method, path, body, idempotency=key) for _ in range(2)]
                    self.assertLess(first.status, 300, first)
                    self.assertEqual(second.headers['Idempotent-Replayed'], 'true' if everywhere else None)
                    if method == 'POST':
                        self.assertEqual(first['id'] == second['id'], everywhere)

    def test_a_refusal_is_replayed_too(self):
        body = {'afterCompletion': CONFIRM, 'lineItems': [{'price': 'price_none', 'quantity': 1}]}
        first, second = [self.call('POST', '/checkout/sessions', body, idempotency='refused') for _ in range(2)]
        self.assertEqual((first.status, first.body), (404, second.body))
        self.assertEqual(second.headers['Idempotent-Replayed'], 'true')

    def test_keys_have_255_characters_at_most(self):
        rows = [('k' * 255, 201, None, None), ('k' * 256, 400, 'parameter_invalid', 'Idempotency-Key')]
        self.assertTable(rows, lambda key: self.call('POST', '/checkout/sessions', SESSION, idempotency=key))
