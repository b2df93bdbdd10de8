"""The sandbox holds itself to the contract: with an altered one, it must notice."""

import copy
import json
import os
import tempfile
import unittest

from place import CONTRACT, Case, Receiver, Sandbox, until


class Altered(unittest.TestCase):
    def start(self, change, *arguments):
        contract = copy.deepcopy(CONTRACT)
        change(contract['components']['schemas'], contract['paths'])
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        path = os.path.join(directory.name, 'openapi.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(contract, file)
        sandbox = Sandbox('--contract', path, *arguments)
        self.addCleanup(sandbox.stop)
        return sandbox

    def test_an_answer_that_violates_the_contract_is_told_and_ends_badly(self):
        def another_type(schemas, _):
            schemas['ProductResponse']['properties']['name'] = {'type': 'number'}

        def another_name(schemas, _):
            schemas['Product']['properties']['unit'] = schemas['Product']['properties'].pop('unitLabel')

        def one_more(schemas, _):
            schemas['ListCustomer']['required'].append('age')

        def no_such_code(schemas, _):
            schemas['ApiErrorBody']['properties']['code']['enum'].remove('resource_missing')

        def other_status(_, paths):
            responses = paths['/products/{id}']['get']['responses']
            responses['202'] = responses.pop('200')

        def a_body(_, paths):
            paths['/prices/{id}']['delete']['responses'].pop('204')
        def no_body(_, paths):
            paths['/products/{id}']['get']['responses']['200'].pop('content')
        rows = [
            (no_body, 'GET', '/products/prod_sandbox_tea', 'getProduct: (body) is there, but the contract has none'),
            (another_type, 'GET', '/products/prod_sandbox_tea', 'getProduct: name must be a number'),
            (another_name, 'POST', '/payment-links',
             'createPaymentLink: lineItems[0].price.product.unitLabel is not a known field'),
            (one_more, 'GET', '/customers', 'listCustomers: data[0].age is required'),
            (no_such_code, 'GET', '/products/none', 'getProduct: error.code is not one of the accepted values'),
            (other_status, 'GET', '/products/prod_sandbox_tea',
             'getProduct: (status) 200 is not one of the operation\'s'),
            (a_body, 'DELETE', '/prices/price_sandbox_retired',
             'deletePrice: (status) 204 is not one of the operation\'s'),
        ]
        body = {'afterCompletion': {'type': 'hosted_confirmation'},
                'lineItems': [{'priceId': 'price_sandbox_tea', 'quantity': 1}]}
        for change, method, path, told in rows:
            with self.subTest(change=change.__name__):
                sandbox = self.start(change)
                sandbox.control('customers', count=1)
                answer = sandbox.call(method, path, body if method == 'POST' else None)
                self.assertEqual(answer.error[:2], (500, 'internal_error'), answer)
                self.assertIn(told.partition(': ')[2], answer['error']['message'])
                report = sandbox.control('contract', 'GET')
                self.assertEqual(report['violations'], [told])
                self.assertEqual(sandbox.control('state', 'GET')['contractViolations'], 1)
                self.assertEqual(sandbox.stop(), 3)
                self.assertIn(told, sandbox.said)

    def test_an_event_that_violates_the_contract_is_told(self):
        def change(schemas, _):
            schemas['CustomerResponse']['properties']['email'] = {'type': 'number'}
        sandbox = self.start(change)
        self.assertEqual(sandbox.call('POST', '/customers', {'email': 'a@example.com'}).status, 500)
        self.assertEqual(sandbox.control('contract', 'GET')['violations'],
                         ['customer.created: email must be a number', 'createCustomer: email must be a number'])
        self.assertEqual(sandbox.stop(), 3)

    def test_it_can_be_switched_off(self):
        def change(schemas, _):
            schemas['ProductResponse']['properties']['name'] = {'type': 'number'}
        sandbox = self.start(change, '--no-self-check')
        self.assertEqual(sandbox.call('GET', '/products/prod_sandbox_tea').status, 200)
        self.assertEqual(sandbox.control('contract', 'GET')['answers'], 0)
        self.assertEqual(sandbox.stop(), 0)

    def test_it_does_not_start_on_what_it_does_not_implement(self):
        def keyword(schemas, _):
            schemas['CreateProduct']['properties']['name']['multipleOf'] = 2

        def form(schemas, _):
            schemas['CreateProduct']['properties']['name']['format'] = 'ipv6'

        def reference(schemas, _):
            schemas['CreateProduct']['properties']['name'] = {'$ref': '#/components/schemas/Nothing'}

        def operation(_, paths):
            paths['/events'] = {'get': {'operationId': 'listEvents', 'responses': {}}}

        def header(_, paths):
            paths['/account']['get']['parameters'] = [
                {'in': 'header', 'name': 'X-Version', 'schema': {'type': 'string'}}]
        for change, told in ((keyword, 'schema keyword "multipleOf" is not implemented'),
                             (form, 'format "ipv6" is not implemented'), (reference, '$ref to "Nothing"'),
                             (operation, 'the operation listEvents is not implemented'),
                             (header, 'parameter in "header" is not implemented')):
            with self.subTest(change=change.__name__):
                sandbox = self.start(change)
                self.assertEqual(sandbox.stop(), 1)
                self.assertIn(told, sandbox.said)


class Counted(Case):
    def test_what_is_sent_is_counted_by_operation_and_status(self):
        self.call('GET', '/products')
        self.call('GET', '/products/none')
        self.call('GET', '/products/none', key=None)
        self.call('GET', '/nowhere')
        session = self.session('price_sandbox_tea')['id']
        for _ in range(2):
            self.call('GET', '/checkout/sessions/' + session)
        for _ in range(2):
            self.call('POST', f'/checkout/sessions/{session}/expire', idempotency='once')
        self.sandbox.control('faults', operation='getAccount', kind='status', status=429, code='rate_limit')
        self.sandbox.control('faults', operation='getAccount', kind='status', status=500, code='internal_error',
                             after=True)
        self.sandbox.control('faults', operation='getAccount', kind='html')
        for _ in range(3):
            self.call('GET', '/account')
        report = self.sandbox.control('contract', 'GET')
        self.assertEqual(report['operations'], {
            'listProducts': {'200': 1}, 'getProduct': {'404': 1, '401': 1}, '(none)': {'404': 1},
            'createCheckoutSession': {'201': 1}, 'getCheckoutSession': {'200': 2},
            'expireCheckoutSession': {'200': 2}, 'getAccount': {'429': 1, '200': 1, '500': 1}})
        self.assertEqual((report['repeats'], report['answers'], report['events']), (3, 9, 1))

    def test_events_are_held_against_the_contract(self):
        with Receiver() as hook:
            before = self.sandbox.control('contract', 'GET')['events']
            self.made('/webhook-endpoints', {'url': hook.url, 'enabledEvents': []})
            self.product()
            until('the event comes', lambda: hook.got)
            self.assertEqual(self.sandbox.control('contract', 'GET')['events'], before + 1)
