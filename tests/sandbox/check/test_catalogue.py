"""Products and prices: what is taken, what is refused, and what a session makes of them."""

from datetime import datetime, timedelta, timezone

from place import CONFIRM, Case

ONE = {'type': 'ONE_TIME', 'currency': 'EGP', 'unitAmount': 100}


def moment(**ahead):
    return (datetime.now(timezone.utc) + timedelta(**ahead)).strftime('%Y-%m-%dT%H:%M:%SZ')


class Products(Case):
    def test_product_is_created_with_all_its_fields(self):
        body = {'name': 'Cup', 'description': 'Blue', 'image': 'https://shop.example/cup.png',
                'unitLabel': 'piece', 'active': 'false', 'metadata': '{"shelf":7}',
                'defaultPrice': {**ONE, 'name': 'Plain', 'stock': 3}}
        made = self.made('/products', body)
        self.assertNotIn('object', made)
        self.assertEqual((made['active'], made['metadata'], len(made['prices'])), (False, {'shelf': 7}, 1))
        shown = self.call('GET', '/products/' + made['id'])
        for member in ('name', 'description', 'image', 'unitLabel'):
            self.assertEqual(shown[member], body[member])
        price = shown['prices'][0]
        self.assertEqual(shown['defaultPriceId'], price['id'])
        self.assertEqual((price['unitAmount'], price['stock'], price['name'], price['productId']),
                         (100, 3, 'Plain', made['id']))

    def test_creating_a_product_refuses_what_is_wrong(self):
        rows = [
            ({}, 400, 'parameter_missing', 'name'),
            ({'name': None}, 400, 'parameter_invalid', 'name'),
            ({'name': ''}, 400, 'parameter_invalid', 'name'),
            ({'name': 'x' * 256}, 400, 'parameter_invalid', 'name'),
            ({'name': 'é' * 255}, 201, None, None),
            ({'name': 'x', 'description': 'x' * 501}, 400, 'parameter_invalid', 'description'),
            ({'name': 'x', 'unitLabel': 'x' * 51}, 400, 'parameter_invalid', 'unitLabel'),
            ({'name': 'x', 'image': 'http://shop.example/cup.png'}, 400, 'parameter_invalid', 'image'),
            ({'name': 'x', 'image': 'cup.png'}, 400, 'parameter_invalid', 'image'),
            ({'name': 'x', 'active': 'yes'}, 400, 'parameter_invalid', 'active'),
            ({'name': 'x', 'active': None}, 400, 'parameter_invalid', 'active'),
            ({'name': 'x', 'metadata': '[1]'}, 400, 'parameter_invalid', 'metadata'),
            ({'name': 'x', 'metadata': 'tier'}, 400, 'parameter_invalid', 'metadata'),
            ({'name': 'x', 'metadata': None, 'description': None, 'defaultPrice': None}, 201, None, None),
            ({'name': 'x', 'defaultPrice': {}}, 400, 'parameter_missing', 'defaultPrice.type'),
            ({'name': 'x', 'defaultPrice': {**ONE, 'unitAmount': None}},
             400, 'parameter_missing', 'defaultPrice.unitAmount'),
            ({'name': 'x', 'defaultPrice': {**ONE, 'unitAmount': -1}},
             400, 'parameter_out_of_range', 'defaultPrice.unitAmount'),
            ({'name': 'x', 'defaultPrice': 'price_sandbox_tea'}, 400, 'parameter_invalid', 'defaultPrice'),
        ]
        before = self.call('GET', '/products')['totalCount']
        self.assertTable(rows, lambda body: self.call('POST', '/products', body))
        accepted = sum(row[1] == 201 for row in rows)
        self.assertEqual(self.call('GET', '/products')['totalCount'], before + accepted)

    def test_update_changes_what_it_names(self):
        product = self.product(description='Blue', unitLabel='piece', metadata={'a': 1, 'b': 2})['id']
        price = self.price(product)['id']
        other = self.price()['id']
        steps = [
            ({'name': 'Mug'}, {'name': 'Mug', 'description': 'Blue', 'unitLabel': 'piece'}),
            ({'description': None}, {'description': None, 'name': 'Mug'}),
            ({'metadata': {'b': 3, 'c': None}}, {'metadata': {'a': 1, 'b': 3, 'c': None}}),
            ({'metadata': '{"a":9}'}, {'metadata': {'a': 9, 'b': 3, 'c': None}}),
            ({'metadata': None}, {'metadata': None}),
            ({'active': False}, {'active': False}),
            ({}, {'active': False, 'name': 'Mug', 'defaultPriceId': None}),
            ({'defaultPrice': price}, {'defaultPriceId': price}),
            ({'defaultPrice': ''}, {'defaultPriceId': None}),
            ({'defaultPrice': price}, {'defaultPriceId': price}),
            ({'defaultPrice': None}, {'defaultPriceId': None}),
        ]
        for body, expected in steps:
            with self.subTest(body=body):
                shown = self.call('PATCH', '/products/' + product, body)
                self.assertEqual(shown.status, 200, shown)
                self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertTable([
            ({'name': ''}, 400, 'parameter_invalid', 'name'),
            ({'name': None}, 400, 'parameter_invalid', 'name'),
            ({'active': 'true'}, 400, 'parameter_invalid', 'active'),
            ({'metadata': '7'}, 400, 'parameter_invalid', 'metadata'),
            ({'defaultPrice': other}, 404, 'resource_missing', 'defaultPrice'),
            ({'defaultPrice': 'price_none'}, 404, 'resource_missing', 'defaultPrice'),
        ], lambda body: self.call('PATCH', '/products/' + product, body))
        self.assertEqual(self.call('GET', '/products/' + product)['name'], 'Mug')

    def test_delete_takes_the_prices_along_once(self):
        product = self.product()['id']
        price = self.price(product)['id']
        answer = self.call('DELETE', '/products/' + product)
        self.assertEqual((answer.status, answer.body), (204, b''))
        self.assertRefused(self.call('DELETE', '/products/' + product), 404, 'resource_missing', 'id')
        self.assertRefused(self.call('PATCH', '/prices/' + price, {}), 404, 'resource_missing', 'id')
        self.assertRefused(self.session(price), 404, 'resource_missing', 'lineItems[0].price')

    def test_a_used_price_keeps_its_product(self):
        product = self.product()['id']
        used, unused = self.price(product)['id'], self.price(product)['id']
        self.assertEqual(self.session(used).status, 201)
        self.assertRefused(self.call('DELETE', '/products/' + product), 400, 'resource_invalid_state', 'id')
        self.assertRefused(self.call('DELETE', '/prices/' + used), 400, 'resource_invalid_state', 'id')
        self.assertEqual(self.call('DELETE', '/prices/' + unused).status, 204)
        self.assertRefused(self.call('DELETE', '/prices/' + unused), 404, 'resource_missing', 'id')
        self.assertEqual([p['id'] for p in self.call('GET', '/products/' + product)['prices']], [used])

    def test_events_tell_of_products(self):
        product = self.product()['id']
        self.price(product)
        self.call('PATCH', '/products/' + product, {'name': 'Mug'})
        self.call('DELETE', '/products/' + product)
        told = [event['type'] for event in self.sandbox.control('events', 'GET')['events']
                if event['data']['object']['id'] == product]
        self.assertEqual(told, ['product.created', 'product.updated', 'product.updated', 'product.deleted'])


class Prices(Case):
    def test_creating_a_price_checks_what_belongs_to_its_type(self):
        product = self.product()['id']
        monthly = {'type': 'RECURRING', 'currency': 'EGP', 'unitAmount': 1, 'recurring': {'interval': 'MONTH'}}
        custom = {'type': 'CUSTOM', 'currency': 'EGP'}
        ok, missing, invalid = (201, None), (400, 'parameter_missing'), (400, 'parameter_invalid')
        beyond, reversed_dates = (400, 'parameter_out_of_range'), (400, 'price_date_range_invalid')
        rows = [(body, *outcome, param) for body, outcome, param in [
            (ONE, ok, None),
            ({**ONE, 'unitAmount': 0}, ok, None),
            ({**ONE, 'unitAmount': 2147483647}, ok, None),
            ({**ONE, 'unitAmount': 2147483648}, beyond, 'unitAmount'),
            ({**ONE, 'unitAmount': 1.5}, invalid, 'unitAmount'),
            ({**ONE, 'unitAmount': '1'}, invalid, 'unitAmount'),
            ({**ONE, 'currency': 'JPY'}, invalid, 'currency'),
            ({**ONE, 'currency': None}, missing, 'currency'),
            ({**ONE, 'type': None}, missing, 'type'),
            ({**ONE, 'type': 'one_time'}, invalid, 'type'),
            ({'type': 'ONE_TIME', 'currency': 'EGP'}, missing, 'unitAmount'),
            ({**ONE, 'recurring': {'interval': 'MONTH'}}, invalid, 'recurring'),
            ({**ONE, 'recurring': None}, ok, None),
            ({**ONE, 'customUnitAmount': {'preset': 5}}, invalid, 'customUnitAmount'),
            ({**ONE, 'stock': -1}, beyond, 'stock'),
            ({**ONE, 'stock': None}, ok, None),
            ({**ONE, 'stock': 0}, ok, None),
            ({**ONE, 'startDate': '2024-01-01'}, invalid, 'startDate'),
            ({**ONE, 'startDate': '2024-02-30T00:00:00Z'}, invalid, 'startDate'),
            ({**ONE, 'expirationDate': '2024-01-01T00:00:00'}, invalid, 'expirationDate'),
            ({**ONE, 'startDate': '2024-01-02T00:00:00Z', 'expirationDate': '2024-01-01T00:00:00Z'},
             reversed_dates, 'expirationDate'),
            ({**ONE, 'startDate': '2024-01-01T00:00:00+02:00', 'expirationDate': '2023-12-31T22:00:00Z'},
             reversed_dates, 'expirationDate'),
            ({**ONE, 'startDate': '2024-01-01T00:00:00+02:00', 'expirationDate': '2023-12-31T22:00:00.001Z'},
             ok, None),
            (monthly, ok, None),
            ({**monthly, 'recurring': None}, missing, 'recurring'),
            ({**monthly, 'recurring': {}}, missing, 'recurring.interval'),
            ({**monthly, 'recurring': {'interval': 'MONTH', 'intervalCount': 0}},
             beyond, 'recurring.intervalCount'),
            ({**monthly, 'recurring': {'interval': 'month'}}, invalid, 'recurring.interval'),
            ({**monthly, 'unitAmount': None}, missing, 'unitAmount'),
            (custom, ok, None),
            ({**custom, 'customUnitAmount': {'minimum': 5, 'preset': 5, 'maximum': 5}}, ok, None),
            ({**custom, 'customUnitAmount': {'minimum': 6, 'preset': 5}}, invalid, 'customUnitAmount.preset'),
            ({**custom, 'customUnitAmount': {'preset': 5, 'maximum': 4}}, invalid, 'customUnitAmount.maximum'),
            ({**custom, 'customUnitAmount': {'minimum': 5, 'maximum': 4}}, invalid, 'customUnitAmount.maximum'),
            ({**custom, 'customUnitAmount': {'minimum': 0}}, beyond, 'customUnitAmount.minimum'),
            ({**custom, 'customUnitAmount': {'maximum': 2147483648}}, beyond, 'customUnitAmount.maximum'),
            ({**custom, 'unitAmount': 5}, invalid, 'unitAmount'),
            ({**custom, 'unitAmount': None}, ok, None),
        ]]
        self.assertTable(rows, lambda body: self.call('POST', '/prices?productId=' + product, body))
        self.assertEqual(len(self.call('GET', '/products/' + product)['prices']),
                         sum(row[1] == 201 for row in rows))

    def test_creating_a_price_names_its_product(self):
        rows = [('', 400, 'parameter_missing', 'productId'), ('?productId=', 400, 'parameter_invalid', 'productId'),
                ('?productId=prod_none', 404, 'resource_missing', 'productId'),
                ('?productId=prod_sandbox_tea&productId=prod_sandbox_tea', 400, 'parameter_invalid', 'productId'),
                ('?productId=prod_sandbox_tea', 201, None, None)]
        self.assertTable(rows, lambda query: self.call('POST', '/prices' + query, ONE))

    def test_recurring_counts_one_interval_unless_told(self):
        body = {'type': 'RECURRING', 'currency': 'EGP', 'unitAmount': 1, 'recurring': {'interval': 'MONTH'}}
        self.assertEqual(self.price(**body)['recurring'], {'interval': 'MONTH', 'intervalCount': 1})

    def test_update_of_an_unused_price(self):
        path = '/prices/' + self.price(stock=5, name='A')['id']
        steps = [
            ({'unitAmount': 7}, {'unitAmount': 7, 'name': 'A', 'stock': 5}),
            ({'currency': 'USD'}, {'currency': 'USD', 'unitAmount': 7}),
            ({'stock': None, 'name': None}, {'stock': None, 'name': None}),
            ({'startDate': '2024-01-01T02:00:00+02:00'}, {'startDate': '2024-01-01T00:00:00.000Z'}),
            ({'startDate': None}, {'startDate': None}),
            ({'type': 'RECURRING', 'recurring': {'interval': 'DAY', 'intervalCount': 2}},
             {'type': 'RECURRING', 'unitAmount': 7, 'recurring': {'interval': 'DAY', 'intervalCount': 2}}),
            ({'type': 'CUSTOM', 'customUnitAmount': {'preset': 3}},
             {'unitAmount': None, 'recurring': None,
              'customUnitAmount': {'minimum': None, 'maximum': None, 'preset': 3}}),
            ({'type': 'ONE_TIME', 'unitAmount': 8}, {'customUnitAmount': None, 'unitAmount': 8}),
            ({'active': False}, {'active': False, 'unitAmount': 8}),
        ]
        for body, expected in steps:
            with self.subTest(body=body):
                shown = self.call('PATCH', path, body)
                self.assertEqual(shown.status, 200, shown)
                self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertTable([
            ({'type': 'RECURRING'}, 400, 'parameter_missing', 'recurring'),
            ({'type': 'CUSTOM', 'unitAmount': 5}, 400, 'parameter_invalid', 'unitAmount'),
            ({'unitAmount': None}, 400, 'parameter_missing', 'unitAmount'),
            ({'currency': None}, 400, 'parameter_invalid', 'currency'),
            ({'customUnitAmount': {'preset': 1}}, 400, 'parameter_invalid', 'customUnitAmount'),
        ], lambda body: self.call('PATCH', path, body))

    def test_a_used_price_keeps_its_terms(self):
        by_session, by_link = self.price()['id'], self.price()['id']
        self.assertEqual(self.session(by_session).status, 201)
        self.link(by_link)
        rows = [({name: value}, 400, 'price_immutable_while_used', name) for name, value in (
            ('unitAmount', 2000), ('unitAmount', 1000), ('currency', 'USD'), ('type', 'CUSTOM'),
            ('recurring', {'interval': 'DAY'}), ('customUnitAmount', None))]
        rows += [({name: value}, 200, None, None) for name, value in (
            ('name', 'B'), ('description', None), ('stock', 4), ('active', True), ('metadata', {'a': 1}),
            ('startDate', None))]
        for price in (by_session, by_link):
            self.assertTable(rows, lambda body, price=price: self.call('PATCH', '/prices/' + price, body))

    def test_a_refused_session_uses_no_price(self):
        price = self.price()['id']
        self.assertEqual(self.session(price, 'price_none').status, 404)
        self.assertEqual(self.call('PATCH', '/prices/' + price, {'unitAmount': 1}).status, 200)

    def test_deleting_the_default_price_clears_it(self):
        made = self.product(defaultPrice=ONE)
        price = self.call('GET', '/products/' + made['id'])['defaultPriceId']
        self.assertEqual(self.call('DELETE', '/prices/' + price).status, 204)
        self.assertEqual(self.call('GET', '/products/' + made['id'])['defaultPriceId'], None)


class Sales(Case):
    def test_a_session_sells_what_was_created_over_the_api(self):
        product = self.product(name='Cup', description='Blue', unitLabel='piece')['id']
        price = self.price(product, unitAmount=1999, currency='USD')['id']
        session = self.session(price).json
        line = session['lineItems'][0]
        self.assertEqual((line['price']['id'], line['price']['unitAmount'], line['price']['currency']),
                         (price, 1999, 'USD'))
        self.assertEqual((line['price']['product']['id'], line['price']['product']['unitLabel']), (product, 'piece'))
        self.assertEqual((line['description'], session['presentmentDetails']['amountSubtotal']), ('Cup', 1999))
        self.assertEqual(self.sandbox.page('/c/' + session['id'], action='pay').status, 200)
        self.assertEqual(self.call('GET', '/checkout/sessions/' + session['id'])['paymentStatus'], 'paid')

    def test_what_cannot_be_bought_is_refused(self):
        archived = self.product()['id']
        in_archive = self.price(archived)['id']
        self.call('PATCH', '/products/' + archived, {'active': False})
        monthly = {'type': 'RECURRING', 'recurring': {'interval': 'MONTH'}}
        at = 'lineItems[0].price'
        rows = [
            (self.price()['id'], 201, None, None),
            (self.price(active=False)['id'], 400, 'price_inactive', at),
            (in_archive, 400, 'product_archived', at),
            (self.price(startDate=moment(hours=1))['id'], 400, 'price_not_yet_active', at),
            (self.price(startDate=moment(hours=-1))['id'], 201, None, None),
            (self.price(expirationDate=moment(hours=-1))['id'], 400, 'price_expired', at),
            (self.price(expirationDate=moment(hours=1))['id'], 201, None, None),
            (self.price(**monthly)['id'], 400, 'price_recurring_not_supported', at),
            (self.price(stock=0)['id'], 400, 'price_sold_out', at),
            (self.price(stock=1)['id'], 201, None, None),
            (self.price(type='CUSTOM', unitAmount=None)['id'], 400, 'parameter_invalid', at),
            (self.price(type='CUSTOM', unitAmount=None, customUnitAmount={'minimum': 5})['id'], 201, None, None),
            ('price_none', 404, 'resource_missing', at),
        ]
        self.assertTable(rows, self.session)
        as_link = [(price, status, code, param and 'lineItems[0].priceId') for price, status, code, param in rows]
        self.assertTable(as_link, lambda price: self.call('POST', '/payment-links', {
            'lineItems': [{'priceId': price, 'quantity': 1}], 'afterCompletion': CONFIRM}))

    def test_lines_of_one_session_share_a_currency(self):
        prices = self.price()['id'], self.price(currency='USD')['id']
        self.assertRefused(self.session(*prices), 400, 'parameter_invalid', 'lineItems[1].price')

    def test_stock_falls_when_it_is_paid_for_and_not_before(self):
        product = self.product()['id']
        price = self.price(product, stock=2)['id']

        def stock():
            return self.call('GET', '/products/' + product)['prices'][0]['stock']
        line = [{'price': price, 'quantity': 2}]
        more = [{'price': price, 'quantity': 3}]
        self.assertRefused(self.call('POST', '/checkout/sessions', {'afterCompletion': CONFIRM, 'lineItems': more}),
                           400, 'price_sold_out', 'lineItems[0].price')
        first, second = [self.call('POST', '/checkout/sessions', {
            'afterCompletion': CONFIRM, 'lineItems': line})['id'] for _ in range(2)]
        self.assertEqual(stock(), 2)
        self.sandbox.page('/c/' + first, action='decline')
        self.assertEqual(stock(), 2)
        self.sandbox.page('/c/' + first, action='pay')
        self.assertEqual(stock(), 0)
        self.assertRefused(self.session(price), 400, 'price_sold_out', 'lineItems[0].price')
        self.sandbox.page('/c/' + second, action='pay')
        self.assertEqual(stock(), -2, 'two sessions raced for the same pieces')

    def test_seeds_are_as_they_always_were(self):
        for price, amount in (('price_sandbox_tea', 4500), ('price_sandbox_kettle', 149900),
                              ('price_sandbox_donation', 5000)):
            self.assertEqual(self.session(price)['amountTotal'], amount)
        self.assertRefused(self.session('price_sandbox_retired'), 400, 'price_inactive', 'lineItems[0].price')
        self.assertEqual(self.session('price_sandbox_book')['presentmentDetails']['amountTotal'], 1999)
