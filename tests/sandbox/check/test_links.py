"""Payment links: created, changed, found again, visited."""

from place import CONFIRM, LIVE, Case
from test_catalogue import moment

TEA = [{'priceId': 'price_sandbox_tea', 'quantity': 1}]
LEAST = {'lineItems': TEA, 'afterCompletion': CONFIRM}
FIELD = {'label': 'Engraving', 'type': 'TEXT', 'isOptional': True}


def line(**changes):
    return {**LEAST, 'lineItems': [{**TEA[0], **changes}]}


FULL = {
    'lineItems': [{'priceId': 'price_sandbox_tea', 'quantity': 2,
                   'adjustableQuantity': {'enabled': True, 'minimum': 0, 'maximum': 5}},
                  {'priceId': 'price_sandbox_kettle', 'quantity': 1}],
    'afterCompletion': {'type': 'redirect', 'redirect': {'url': 'https://shop.example/thanks'}},
    'nameCollection': True, 'billingAddressCollection': True, 'shippingAddressCollection': True,
    'phoneNumberCollection': True, 'allowPromotionCodes': True, 'submitType': 'BOOK', 'customerCreation': 'always',
    'expiresAt': '2999-12-31T23:59:59+02:00', 'metadata': {'order': 7},
    'customFields': [{**FIELD, 'hasLimits': True, 'limitType': 'AT_MOST', 'maxCharacters': 10}],
    'feeConfig': {'feesPassThrough': True, 'vatCollectionEnabled': True, 'vatCollectionRate': 1400},
    'brandingSettings': {'colorMode': 'dark', 'colors': {'primary': '#123456'}},
    'paymentMethodConfigurationId': 'pmc_sandbox_card'}

# What a session has from its link just as the link shows it.
PASSED_ON = ('nameCollection', 'billingAddressCollection', 'shippingAddressCollection', 'phoneNumberCollection',
             'allowPromotionCodes', 'submitType', 'customerCreation', 'metadata', 'afterCompletion', 'customFields',
             'paymentMethodConfigurationId')


class Links(Case):
    def test_link_shows_what_it_was_given(self):
        body = FULL
        shown = self.made('/payment-links', body)
        for member in set(body) - {'lineItems', 'afterCompletion', 'expiresAt', 'customFields'}:
            with self.subTest(member=member):
                self.assertEqual(shown[member], body[member])
        self.assertEqual(shown['afterCompletion'], {**body['afterCompletion'], 'hostedConfirmation': None})
        self.assertEqual(shown['expiresAt'], '2999-12-31T21:59:59.000Z')
        self.assertEqual((shown['currency'], shown['computedAmount']), ('EGP', 2 * 4500 + 149900))
        self.assertEqual([(item['price']['id'], item['quantity']) for item in shown['lineItems']],
                         [('price_sandbox_tea', 2), ('price_sandbox_kettle', 1)])
        self.assertEqual([item['amountSubtotal'] for item in shown['lineItems']], [2 * 4500, 149900])
        self.assertEqual(shown['customFields'][0]['key'], 'engraving')
        self.assertEqual(self.call('GET', '/payment-links/' + shown['id']).json, shown)
        listed = self.call('GET', '/payment-links')['data'][0]
        self.assertEqual(listed, {name: shown[name] for name in listed})

    def test_amounts_are_in_the_currency_of_the_prices(self):
        shown = self.link('price_sandbox_book')
        line = shown['lineItems'][0]
        self.assertEqual((shown['currency'], shown['computedAmount']), ('USD', 1999))
        self.assertEqual((line['currency'], line['amountSubtotal'], line['amountTotal']), ('USD', 1999, 1999))

    def test_creating_refuses_what_is_wrong(self):
        redirect = {'type': 'redirect'}
        ok, missing, invalid = (201, None), (400, 'parameter_missing'), (400, 'parameter_invalid')
        rows = [(body, *outcome, param) for body, outcome, param in [
            (LEAST, ok, None),
            ({'lineItems': TEA}, missing, 'afterCompletion'),
            ({'afterCompletion': CONFIRM}, missing, 'lineItems'),
            ({**LEAST, 'lineItems': []}, invalid, 'lineItems'),
            (line(priceId=''), invalid, 'lineItems[0].priceId'),
            (line(priceId='price_none'), (404, 'resource_missing'), 'lineItems[0].priceId'),
            (line(price='price_sandbox_tea'), (400, 'parameter_unknown'), 'lineItems[0].price'),
            (line(quantity=-1), (400, 'parameter_out_of_range'), 'lineItems[0].quantity'),
            (line(quantity=2147483648), (400, 'parameter_out_of_range'), 'lineItems[0].quantity'),
            (line(quantity=0), invalid, 'lineItems[0].quantity'),
            (line(quantity=0, adjustableQuantity={'enabled': True}), invalid, 'lineItems[0].quantity'),
            (line(quantity=0, adjustableQuantity={'enabled': True, 'minimum': 0}), ok, None),
            (line(quantity=6, adjustableQuantity={'enabled': True, 'maximum': 5}),
             (400, 'line_item_quantity_out_of_bounds'), 'lineItems[0].quantity'),
            (line(quantity=2, priceId='price_sandbox_donation'),
             (400, 'line_item_quantity_not_supported_for_custom'), 'lineItems[0].quantity'),
            ({**LEAST, 'lineItems': TEA + [{'priceId': 'price_sandbox_book', 'quantity': 1}]},
             invalid, 'lineItems[1].priceId'),
            ({**LEAST, 'afterCompletion': redirect}, missing, 'afterCompletion.redirect'),
            ({**LEAST, 'afterCompletion': {**CONFIRM, 'redirect': {'url': 'https://shop.example'}}},
             invalid, 'afterCompletion.redirect'),
            ({**LEAST, 'afterCompletion': {**redirect, 'redirect': {'url': 'http://shop.example'}}},
             invalid, 'afterCompletion.redirect.url'),
            ({**LEAST, 'customFields': [FIELD] * 3}, ok, None),
            ({**LEAST, 'customFields': [FIELD] * 4}, invalid, 'customFields'),
            ({**LEAST, 'customFields': [{'label': 'A', 'type': 'TEXT'}]}, missing, 'customFields[0].isOptional'),
            ({**LEAST, 'customFields': [{**FIELD, 'type': 'DROPDOWN'}]}, invalid, 'customFields[0].dropdownOptions'),
            ({**LEAST, 'expiresAt': '2999-12-31'}, invalid, 'expiresAt'),
            ({**LEAST, 'expiresAt': moment(minutes=-1)}, invalid, 'expiresAt'),
            ({**LEAST, 'expiresAt': None, 'metadata': None, 'submitType': None}, ok, None),
            ({**LEAST, 'active': False}, (400, 'parameter_unknown'), 'active'),
            ({**LEAST, 'metadata': []}, invalid, 'metadata'),
            ({**LEAST, 'feeConfig': {'feesPassThrough': True}}, missing, 'feeConfig.vatCollectionEnabled'),
            ({**LEAST, 'feeConfig': {'feesPassThrough': True, 'vatCollectionEnabled': True,
                                     'vatCollectionRate': 10001}},
             (400, 'parameter_out_of_range'), 'feeConfig.vatCollectionRate'),
            ({**LEAST, 'brandingSettings': {'colors': {'primary': 'red'}}},
             invalid, 'brandingSettings.colors.primary'),
            ({**LEAST, 'paymentMethodConfigurationId': 'pmc_none'},
             (404, 'resource_missing'), 'paymentMethodConfigurationId'),
        ]]
        before = self.call('GET', '/payment-links')['totalCount']
        self.assertTable(rows, lambda body: self.call('POST', '/payment-links', body))
        self.assertEqual(self.call('GET', '/payment-links')['totalCount'],
                         before + sum(row[1] == 201 for row in rows))

    def test_update_replaces_what_it_names(self):
        path = '/payment-links/' + self.link(customFields=[FIELD], metadata={'a': 1}, nameCollection=True)['id']
        fees = {'feesPassThrough': False, 'vatCollectionEnabled': False}
        steps = [
            ({'active': False}, {'active': False, 'nameCollection': True, 'metadata': {'a': 1}}),
            ({'active': True, 'nameCollection': False}, {'active': True, 'nameCollection': False}),
            ({'lineItems': [{'priceId': 'price_sandbox_book', 'quantity': 3}]},
             {'currency': 'USD', 'computedAmount': 3 * 1999, 'nameCollection': False}),
            ({'customFields': []}, {'customFields': None, 'computedAmount': 3 * 1999}),
            ({'metadata': {'b': 2}}, {'metadata': {'b': 2}}),
            ({'metadata': None}, {'metadata': {}}),
            ({'feeConfig': fees}, {'feeConfig': fees}),
            ({'feeConfig': None}, {'feeConfig': None}),
            ({'paymentMethodConfigurationId': 'pmc_sandbox_card'},
             {'paymentMethodConfigurationId': 'pmc_sandbox_card'}),
            ({'paymentMethodConfigurationId': None}, {'paymentMethodConfigurationId': None}),
            ({'afterCompletion': {'type': 'hosted_confirmation', 'hostedConfirmation': {'customMessage': 'Hi'}}},
             {'afterCompletion': {'type': 'hosted_confirmation', 'redirect': None,
                                  'hostedConfirmation': {'customMessage': 'Hi'}}}),
            ({'expiresAt': '2999-01-01T00:00:00Z'}, {'expiresAt': '2999-01-01T00:00:00.000Z'}),
        ]
        for body, expected in steps:
            with self.subTest(body=body):
                shown = self.call('PATCH', path, body)
                self.assertEqual(shown.status, 200, shown)
                self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertNotIn('expiresAt', self.call('PATCH', path, {'expiresAt': None}).json)
        before = self.call('GET', path).json
        self.assertTable([
            ({'lineItems': []}, 400, 'parameter_invalid', 'lineItems'),
            ({'lineItems': [{'priceId': 'price_sandbox_retired', 'quantity': 1}]},
             400, 'price_inactive', 'lineItems[0].priceId'),
            ({'nameCollection': None}, 400, 'parameter_invalid', 'nameCollection'),
            ({'active': 'false'}, 400, 'parameter_invalid', 'active'),
            ({'expiresAt': moment(minutes=-1)}, 400, 'parameter_invalid', 'expiresAt'),
            ({'afterCompletion': {'type': 'redirect'}}, 400, 'parameter_missing', 'afterCompletion.redirect'),
        ], lambda body: self.call('PATCH', path, body))
        self.assertEqual(self.call('GET', path).json, before)

    def test_a_link_can_be_switched_off_when_its_price_is_gone(self):
        price = self.price()['id']
        path = '/payment-links/' + self.link(price)['id']
        self.call('PATCH', '/prices/' + price, {'active': False})
        self.assertEqual(self.call('PATCH', path, {'active': False}).status, 200)

    def test_a_session_is_as_its_link_says(self):
        link = self.made('/payment-links', FULL)
        visited = self.sandbox.page('/p/' + link['id'])['location'].rpartition('/')[2]
        session = self.call('GET', '/checkout/sessions/' + visited)
        for member in PASSED_ON:
            with self.subTest(member=member):
                self.assertEqual(session[member], link[member])
        self.assertEqual(session['feeConfig'], {**link['feeConfig'], 'source': 'session'})
        self.assertEqual((session['brandingSettings']['colorMode'], session['brandingSettings']['colors']['primary']),
                         ('dark', '#123456'))
        self.assertEqual([(line['quantity'], line['price'], line.get('adjustableQuantity'))
                          for line in session['lineItems']],
                         [(line['quantity'], line['price'], line.get('adjustableQuantity'))
                          for line in link['lineItems']])
        self.assertEqual(session['amountSubtotal'], link['computedAmount'])

    def test_a_visit_makes_a_session_of_its_own(self):
        price = self.price(unitAmount=700)['id']
        link = self.link(price, metadata={'order': 'A-1'}, submitType='DONATE')
        visits = [self.sandbox.page('/p/' + link['id'])['location'] for _ in range(2)]
        self.assertNotEqual(*visits)
        session = visits[0].rpartition('/')[2]
        shown = self.call('GET', '/checkout/sessions/' + session)
        self.assertEqual((shown['paymentLinkId'], shown['amountTotal'], shown['metadata'], shown['submitType']),
                         (link['id'], 700, {'order': 'A-1'}, 'DONATE'))
        self.assertEqual(self.sandbox.page('/c/' + session, action='pay').status, 200)
        live = self.made('/payment-links', LEAST, key=LIVE)
        session = self.sandbox.page('/p/' + live['id'])['location'].rpartition('/')[2]
        self.assertTrue(session.startswith('cs_live_'))

    def test_closed_links_sell_nothing(self):
        inactive, expiring = self.link()['id'], self.link(expiresAt=moment(hours=1))['id']
        self.call('PATCH', '/payment-links/' + inactive, {'active': False})
        self.assertEqual(self.sandbox.page('/p/' + expiring).status, 200)
        sold_out = self.price(stock=1)['id']
        empty = self.link(sold_out)['id']
        self.call('PATCH', '/prices/' + sold_out, {'stock': 0})
        before = self.sandbox.control('state', 'GET')['sessions']
        self.sandbox.control('clock', advanceMs=3600_000)
        for path, status in (('/p/' + inactive, 410), ('/p/' + expiring, 410),
                             ('/p/' + empty, 409), ('/p/plink_none', 404)):
            with self.subTest(path=path):
                self.assertEqual(self.sandbox.page(path).status, status)
        self.assertEqual(self.sandbox.control('state', 'GET')['sessions'], before)
