"""Webhook endpoints: what they may be, and what is sent to them."""

import hashlib
import hmac
import json

from place import LIVE, Case, Receiver, until

URL = 'https://shop.example/hook'
CREATED = 'customer.created'


class Endpoints(Case):
    arguments = ('--webhook-schedule', '0,100,100,100,100')

    def endpoint(self, **body):
        return self.made('/webhook-endpoints', {'url': URL, 'enabledEvents': [], **body})

    def customer(self):
        customers = self.sandbox.control('state', 'GET')['customers']
        return self.made('/customers', {'email': f'hook-{customers}@example.com'})['id']

    def settled(self):
        until('nothing is on its way', lambda: not self.sandbox.control('deliveries', 'GET')['open'])

    def test_the_secret_is_shown_once(self):
        made = self.endpoint(description='Orders', metadata={'team': 'a'}, enabledEvents=[CREATED])
        self.assertTrue(made.pop('secret').startswith('whsec_'))
        self.assertEqual((made['description'], made['metadata'], made['enabledEvents'], made['status']),
                         ('Orders', {'team': 'a'}, [CREATED], 'enabled'))
        path = '/webhook-endpoints/' + made['id']
        self.assertEqual(self.call('GET', path).json, made)
        self.assertEqual(self.call('GET', '/webhook-endpoints').json, {'object': 'list', 'data': [made]})
        self.assertNotIn('secret', self.call('PATCH', path, {'status': 'disabled'}).json)

    def test_creating_refuses_what_is_wrong(self):
        ok, missing, invalid = (201, None), (400, 'parameter_missing'), (400, 'parameter_invalid')
        rows = [(body, *outcome, param) for body, outcome, param in [
            ({'url': URL}, missing, 'enabledEvents'),
            ({'enabledEvents': []}, missing, 'url'),
            ({'url': 'http://shop.example/hook', 'enabledEvents': []}, invalid, 'url'),
            ({'url': 'ftp://shop.example/hook', 'enabledEvents': []}, invalid, 'url'),
            ({'url': 'shop.example', 'enabledEvents': []}, invalid, 'url'),
            ({'url': 'http://127.0.0.1.shop.example/', 'enabledEvents': []}, invalid, 'url'),
            ({'url': 'http://127.0.0.1:9/hook', 'enabledEvents': []}, ok, None),
            ({'url': URL, 'enabledEvents': None}, invalid, 'enabledEvents'),
            ({'url': URL, 'enabledEvents': ['*']}, ok, None),
            ({'url': URL, 'enabledEvents': [CREATED, '*']}, invalid, 'enabledEvents[1]'),
            ({'url': URL, 'enabledEvents': [CREATED, 'refund.updated']}, invalid, 'enabledEvents[1]'),
            ({'url': URL, 'enabledEvents': ['charge.*']}, invalid, 'enabledEvents[0]'),
            ({'url': URL, 'enabledEvents': [CREATED, CREATED]}, invalid, 'enabledEvents[1]'),
            ({'url': URL, 'enabledEvents': [7]}, invalid, 'enabledEvents[0]'),
            ({'url': URL, 'enabledEvents': [], 'metadata': None, 'description': None}, ok, None),
            ({'url': URL, 'enabledEvents': [], 'metadata': 'a'}, invalid, 'metadata'),
            ({'url': URL, 'enabledEvents': [], 'status': 'disabled'}, (400, 'parameter_unknown'), 'status'),
        ]]
        self.assertTable(rows, lambda body: self.call('POST', '/webhook-endpoints', body))
        self.assertEqual(len(self.call('GET', '/webhook-endpoints')['data']), sum(row[1] == 201 for row in rows))

    def test_update_changes_what_it_names(self):
        path = '/webhook-endpoints/' + self.endpoint(description='A', metadata={'a': 1})['id']
        for body, expected in [
                ({'url': URL + '2'}, {'url': URL + '2', 'description': 'A', 'enabledEvents': ['*']}),
                ({'description': None}, {'description': None, 'metadata': {'a': 1}}),
                ({'metadata': {'b': 2}}, {'metadata': {'b': 2}}),
                ({'enabledEvents': [CREATED]}, {'enabledEvents': [CREATED]}),
                ({'enabledEvents': []}, {'enabledEvents': ['*']}),
                ({'status': 'disabled'}, {'status': 'disabled'}),
                ({}, {'status': 'disabled', 'url': URL + '2'}),
                ({'status': 'enabled'}, {'status': 'enabled'})]:
            with self.subTest(body=body):
                shown = self.call('PATCH', path, body)
                self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertTable([
            ({'url': 'http://shop.example'}, 400, 'parameter_invalid', 'url'),
            ({'status': 'off'}, 400, 'parameter_invalid', 'status'),
            ({'metadata': None}, 400, 'parameter_invalid', 'metadata'),
            ({'enabledEvents': ['nothing']}, 400, 'parameter_invalid', 'enabledEvents[0]'),
            ({'secret': 'whsec_mine'}, 400, 'parameter_unknown', 'secret'),
        ], lambda body: self.call('PATCH', path, body))

    def test_delete_is_permanent(self):
        path = '/webhook-endpoints/' + self.endpoint()['id']
        answer = self.call('DELETE', path)
        self.assertEqual((answer.status, answer.body), (204, b''))
        self.assertEqual(self.call('GET', '/webhook-endpoints')['data'], [])
        for method in ('GET', 'PATCH', 'DELETE'):
            self.assertRefused(self.call(method, path, {} if method == 'PATCH' else None),
                               404, 'resource_missing', 'id')

    def test_an_account_has_16_endpoints_and_no_more(self):
        for _ in range(14):
            self.endpoint()
        first = self.endpoint()['id']
        self.endpoint()
        answer = self.call('POST', '/webhook-endpoints', {'url': URL, 'enabledEvents': []})
        self.assertRefused(answer, 400, 'invalid_request', None)
        self.assertIn('maximum', answer['error']['message'])
        self.made('/webhook-endpoints', {'url': URL, 'enabledEvents': []}, key=LIVE)
        self.call('DELETE', '/webhook-endpoints/' + first)
        self.endpoint()
        self.sandbox.control('webhook-cap', most=17)
        self.endpoint()

    def test_each_endpoint_gets_what_it_asked_for_signed_with_its_own_secret(self):
        with Receiver() as all_events, Receiver() as customers, Receiver() as products, Receiver() as live:
            secrets = {
                all_events: self.endpoint(url=all_events.url)['secret'],
                customers: self.endpoint(url=customers.url, enabledEvents=[CREATED])['secret'],
                products: self.endpoint(url=products.url, enabledEvents=['product.created'])['secret'],
                live: self.made('/webhook-endpoints', {'url': live.url, 'enabledEvents': []}, key=LIVE)['secret'],
            }
            self.assertEqual(len(set(secrets.values())), 4)
            customer, product = self.customer(), self.product()['id']
            self.settled()
            for hook, ids in ((all_events, {customer, product}), (customers, {customer}), (products, {product}),
                              (live, set())):
                self.assertEqual({json.loads(body)['data']['object']['id'] for _, body in hook.got}, ids)
                for headers, body in hook.got:
                    time, signature = headers['XPay-Signature'].split(',')
                    expected = hmac.new(secrets[hook].encode(), time[2:].encode() + b'.' + body, hashlib.sha256)
                    self.assertEqual(signature, 'v1=' + expected.hexdigest())

    def test_disabled_and_deleted_endpoints_get_nothing(self):
        with Receiver() as hook:
            path = '/webhook-endpoints/' + self.endpoint(url=hook.url, enabledEvents=[CREATED])['id']
            self.call('PATCH', path, {'status': 'disabled'})
            self.customer()
            self.call('PATCH', path, {'status': 'enabled'})
            told = self.customer()
            self.settled()
            self.call('DELETE', path)
            self.customer()
            self.settled()
            self.assertEqual([json.loads(body)['data']['object']['id'] for _, body in hook.got], [told])
            self.assertEqual(len(self.sandbox.control('deliveries', 'GET')['deliveries']), 1)

    def test_what_waits_for_an_endpoint_ends_with_it(self):
        for end in ({'status': 'disabled'}, None):
            with self.subTest(end=end), Receiver() as hook:
                hook.status = 500
                self.sandbox.control('deliveries', hold=True)
                endpoint = self.endpoint(url=hook.url, enabledEvents=[CREATED])['id']
                self.customer()
                self.call('PATCH' if end else 'DELETE', '/webhook-endpoints/' + endpoint, end)
                self.sandbox.control('deliveries')
                self.settled()
                states = {delivery['status'] for delivery in self.sandbox.control('deliveries', 'GET')['deliveries']
                          if delivery['endpointId'] == endpoint}
                self.assertEqual((states, hook.got), ({'canceled'}, []))
