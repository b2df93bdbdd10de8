"""What holds for all operations alike, read from the contract itself."""

import json

from place import CONFIRM, KEY, LIVE, NEW, OPERATIONS, Case

# The least that each operation with a body takes.
BODIES = {
    'createCheckoutSession': {'afterCompletion': CONFIRM,
                              'lineItems': [{'price': 'price_sandbox_tea', 'quantity': 1}]},
    'updateMerchantCheckoutSession': {},
    'createCustomer': {'email': 'someone@example.com'},
    'createPaymentLink': {'afterCompletion': CONFIRM,
                          'lineItems': [{'priceId': 'price_sandbox_tea', 'quantity': 1}]},
    'updatePaymentLink': {},
    'createProduct': {'name': 'Cup'},
    'updateProduct': {},
    'createPrice': {'type': 'ONE_TIME', 'currency': 'EGP', 'unitAmount': 1},
    'updatePrice': {},
    'createWebhookEndpoint': {'url': 'https://shop.example/hook', 'enabledEvents': []},
    'updateWebhookEndpoint': {},
    'createRefund': {'chargeId': 'ch_none'},
}

# What a restricted key needs; the keys that have each one.
SHOP, SELL, WATCH = 'rk_test_sandbox_restricted', 'rk_test_sandbox_selling', 'rk_test_sandbox_watching'
PERMITTED = {
    'getAccount': {SHOP, SELL, WATCH},
    'createCheckoutSession': {SHOP}, 'getCheckoutSession': {SHOP},
    'updateMerchantCheckoutSession': {SHOP}, 'expireCheckoutSession': {SHOP},
    'createRefund': {SHOP}, 'listRefunds': {SHOP}, 'getRefund': {SHOP},
    'createCustomer': {SELL}, 'listCustomers': {SHOP, SELL}, 'getCustomer': {SHOP, SELL},
    'createPaymentLink': {SELL}, 'updatePaymentLink': {SELL},
    'listPaymentLinks': {SELL, WATCH}, 'getPaymentLink': {SELL, WATCH},
    'createProduct': {SELL}, 'updateProduct': {SELL}, 'deleteProduct': {SELL},
    'listProducts': {SELL, WATCH}, 'getProduct': {SELL, WATCH},
    'createPrice': {SELL}, 'updatePrice': {SELL}, 'deletePrice': {SELL},
    'createWebhookEndpoint': set(), 'updateWebhookEndpoint': set(), 'deleteWebhookEndpoint': set(),
    'listWebhookEndpoints': {SELL, WATCH}, 'getWebhookEndpoint': {SELL, WATCH},
}


def successes():
    return {name: {status for status in operation['responses'] if status < '300'}
            for name, (_, _, operation) in OPERATIONS.items()}


class Admission(Case):
    def ask(self, name, id='none', key=KEY, body=None):
        method, path, operation = OPERATIONS[name]
        path = path.replace('{id}', id)
        if name == 'createPrice':
            path += '?productId=prod_sandbox_tea'
        if 'requestBody' in operation and body is None:
            body = BODIES[name]
        return self.call(method, path, body, key=key)

    def test_operations_ask_for_a_key(self):
        for name in OPERATIONS:
            for key, expected in ((None, (401, 'authentication_required', None)),
                                  ('sk_test_other', (401, 'invalid_api_key', None)),
                                  ('pk_test_sandbox_publishable', (403, 'permission_denied', None))):
                with self.subTest(operation=name, key=key):
                    self.assertEqual(self.ask(name, key=key).error, expected)

    def test_account_is_all_that_an_inactive_account_may_ask_for(self):
        for name in OPERATIONS:
            with self.subTest(operation=name):
                expected = (200, None, None) if name == 'getAccount' else (403, 'merchant_not_activated', None)
                self.assertEqual(self.ask(name, key=NEW).error, expected)

    def test_account_can_be_activated_and_deactivated(self):
        def seen(key):
            return (self.ask('getAccount', key=key)['livePaymentsEnabled'],
                    self.ask('listProducts', key=key).status)
        self.assertEqual((seen(NEW), seen(LIVE)), ((False, 403), (True, 200)))
        self.sandbox.control('account', merchantId='mer_sandbox_new', livePaymentsEnabled=True)
        self.sandbox.control('account', livePaymentsEnabled=False)
        self.assertEqual((seen(NEW), seen(LIVE)), ((True, 200), (False, 403)))
        self.assertEqual(self.ask('listProducts').status, 200, 'test mode is always open')

    def test_restricted_keys_do_what_they_may_and_no_more(self):
        self.assertEqual(set(PERMITTED), set(OPERATIONS))
        for name, permitted in PERMITTED.items():
            for key in (SHOP, SELL, WATCH):
                with self.subTest(operation=name, key=key):
                    refused = self.ask(name, key=key, id='none').error[1] == 'permission_denied'
                    self.assertEqual(refused, key not in permitted)

    def test_unknown_ids_are_missing(self):
        named = [name for name, (_, path, _) in OPERATIONS.items() if '{id}' in path]
        self.assertEqual(len(named), 15)
        for name in named:
            with self.subTest(operation=name):
                self.assertRefused(self.ask(name), 404, 'resource_missing', 'id')

    def test_unknown_fields_are_refused(self):
        self.assertEqual({name for name, (_, _, operation) in OPERATIONS.items() if 'requestBody' in operation},
                         set(BODIES))
        for name, body in BODIES.items():
            with self.subTest(operation=name):
                self.assertRefused(self.ask(name, body={**body, 'surprise': 1}),
                                   400, 'parameter_unknown', 'surprise')

    def test_bodies_that_cannot_be_read_are_refused(self):
        for name in BODIES:
            for body in (b'', b'{', b'{"a":1}}', b'[]', b'\xff', b'{"name":"\\u0000"}'):
                with self.subTest(operation=name, body=body):
                    answer = self.ask(name, body=body)
                    self.assertEqual(answer.status, 400)
                    self.assertIn(answer.error[1], ('invalid_request', 'parameter_invalid'))

    def test_unknown_queries_are_refused(self):
        for name, (method, path, _) in OPERATIONS.items():
            if method != 'GET':
                continue
            with self.subTest(operation=name):
                answer = self.call(method, path.replace('{id}', 'none'), query={'surprise': 1})
                self.assertRefused(answer, 400, 'parameter_unknown', 'surprise')

    def test_paths_beside_the_contract_are_missing(self):
        for method, path in (('GET', '/v1/products'), ('PUT', '/products'), ('DELETE', '/customers/x'),
                             ('GET', '/prices'), ('GET', '/prices/price_sandbox_tea'), ('GET', '/products/')):
            with self.subTest(method=method, path=path):
                self.assertRefused(self.call(method, path), 404, 'resource_missing', None)

    def test_worlds_do_not_mix(self):
        link, product = self.link(), self.product()
        endpoint = self.made('/webhook-endpoints', BODIES['createWebhookEndpoint'])
        customer = self.made('/customers', {'email': 'worlds@example.com'})
        for path, thing in (('payment-links', link), ('products', product),
                            ('webhook-endpoints', endpoint), ('customers', customer)):
            with self.subTest(path=path):
                self.assertEqual(self.call('GET', f'/{path}/{thing["id"]}').status, 200)
                self.assertEqual(self.call('GET', f'/{path}/{thing["id"]}', key=LIVE).status, 404)
                ids = [item['id'] for item in self.call('GET', '/' + path, key=LIVE)['data']]
                self.assertNotIn(thing['id'], ids)


class Controls(Case):
    def test_controls_refuse_what_they_do_not_know(self):
        rows = [('account', {}, 400), ('account', {'livePaymentsEnabled': 'yes'}, 400),
                ('account', {'livePaymentsEnabled': True, 'merchantId': 'mer_other'}, 404),
                ('account', {'livePaymentsEnabled': True, 'merchant': 'mer_sandbox'}, 400),
                ('idempotency', {}, 400), ('idempotency', {'everywhere': 1}, 400),
                ('webhook-cap', {'most': -1}, 400), ('webhook-cap', {'most': 1001}, 400),
                ('customers', {}, 400), ('customers', {'count': 0}, 400), ('customers', {'count': 100001}, 400),
                ('payment-links', {'lineItems': []}, 400), ('nothing', {}, 404)]
        for path, body, status in rows:
            with self.subTest(path=path, body=body):
                self.assertEqual(self.sandbox.send('POST', '/_sandbox/' + path, json.dumps(body)).status, status)

    def test_the_page_explains_every_control(self):
        page = self.sandbox.send('GET', '/_sandbox').body.decode()
        for path in ('webhooks', 'webhook-cap', 'customers', 'account', 'idempotency', 'contract', 'refunds',
                     'next-refund', 'clock', 'payment-links', 'deliveries', 'events', 'faults', 'state'):
            with self.subTest(path=path):
                self.assertIn('/_sandbox/' + path, page)
        self.assertIn('stricter reading', page)


class Completeness(Case):
    def test_every_operation_of_the_contract_succeeds(self):
        call, ok = self.call, self.assertTrue
        call('GET', '/account')
        session = call('POST', '/checkout/sessions', BODIES['createCheckoutSession'])['id']
        call('GET', f'/checkout/sessions/{session}')
        call('PATCH', f'/checkout/sessions/{session}', {'metadata': {'order': '1'}})
        ok(self.sandbox.page('/c/' + session, action='pay', email='buyer@example.com').status == 200)
        intent = call('GET', f'/checkout/sessions/{session}')['paymentIntentId']
        refund = self.made('/refunds', {'paymentIntentId': intent, 'amount': 1})['id']
        call('GET', f'/refunds/{refund}')
        call('GET', '/refunds')
        other = call('POST', '/checkout/sessions', BODIES['createCheckoutSession'])['id']
        call('POST', f'/checkout/sessions/{other}/expire')
        customer = self.made('/customers', BODIES['createCustomer'])['id']
        call('GET', f'/customers/{customer}')
        call('GET', '/customers')
        product = self.product()['id']
        price = self.price(product)['id']
        call('PATCH', f'/prices/{price}', {'name': 'Small'})
        call('GET', f'/products/{product}')
        call('PATCH', f'/products/{product}', {'defaultPrice': price})
        call('GET', '/products')
        call('DELETE', f'/prices/{price}')
        call('DELETE', f'/products/{product}')
        link = self.link()['id']
        call('GET', f'/payment-links/{link}')
        call('PATCH', f'/payment-links/{link}', {'active': False})
        call('GET', '/payment-links')
        endpoint = self.made('/webhook-endpoints', BODIES['createWebhookEndpoint'])['id']
        call('GET', f'/webhook-endpoints/{endpoint}')
        call('PATCH', f'/webhook-endpoints/{endpoint}', {'status': 'disabled'})
        call('GET', '/webhook-endpoints')
        call('DELETE', f'/webhook-endpoints/{endpoint}')
        report = self.sandbox.control('contract', 'GET')
        self.assertEqual({name: set(row) for name, row in report['operations'].items()}, successes())
        self.assertEqual(len(report['operations']), 28)
        self.assertEqual(sum(sum(row.values()) for row in report['operations'].values()),
                         report['answers'] + report['repeats'])
        self.assertEqual(self.sandbox.control('state', 'GET')['checkedAnswers'], report['answers'])
