"""Through every operation of the contract at the sandbox: what succeeds, what is refused, and what customers do."""

import json
import os
import urllib.parse

from stage import fetch

CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'openapi.json')

KEYS = ('rk_test_sandbox_restricted', 'pk_test_sandbox_publishable', 'sk_live_sandbox_secret',
        'sk_live_sandbox_inactive', 'sk_test_nobody', '')
REDIRECT = {'type': 'redirect', 'redirect': {'url': 'https://shop.example/done'}}
CONFIRMATION = {'type': 'hosted_confirmation', 'hostedConfirmation': {'customMessage': 'Thank you'}}


class Caller:
    def __init__(self, stage):
        self.stage, self.url = stage, stage.sandbox.url

    def call(self, method, path, body=None, key=None, status=None):
        """One request; the status is checked where one is given."""
        headers = {'Authorization': 'Bearer ' + (self.stage.api_key if key is None else key)}
        if body is not None:
            headers['Content-Type'] = 'application/json'
            body = json.dumps(body)
        answer = fetch(method, self.url + path, body, headers)
        assert status in (None, answer.status), f'{method} {path}: {answer.status} {answer.body!r}'
        return json.loads(answer.body) if answer.body else {}

    def post(self, path, body, status=201):
        return self.call('POST', path, body, status=status)

    def on_page(self, session, action):
        """What a customer does on the checkout page, who fills in all that may be asked for."""
        form = {'action': action, 'email': 'guest@example.com', 'name': 'A guest', 'phone': '+201000000001',
                'line1': '1 Nile St', 'city': 'Cairo', 'country': 'EG'}
        if action == 'decline':
            form['code'] = 'insufficient_funds'
        return fetch('POST', f'{self.url}/c/{session}', urllib.parse.urlencode(form),
                     {'Content-Type': 'application/x-www-form-urlencoded'})


def line(**more):
    return {'price': 'price_sandbox_tea', 'quantity': 2, **more}


def inline(currency='EGP', amount=25000, **more):
    return {'quantity': 1, 'priceData': {'currency': currency, 'unitAmount': amount, 'productData': {
        'name': 'Lamp', 'description': 'of brass', 'image': 'https://shop.example/lamp.png'}}, **more}


def sessions_of_all_kinds():
    plain = {'afterCompletion': REDIRECT, 'lineItems': [line()]}
    yield plain
    yield {**plain, 'afterCompletion': CONFIRMATION, 'submitType': 'DONATE', 'locale': 'ar'}
    yield {**plain, 'lineItems': [inline(), line(adjustableQuantity={
        'enabled': True, 'minimum': 1, 'maximum': 9})], 'metadata': {'order_id': 'A-1'}}
    yield {**plain, 'lineItems': [inline('USD', 1999)], 'currency': 'USD'}
    yield {**plain, 'lineItems': [inline('KWD', 12345)]}
    yield {**plain, 'discounts': [{'coupon': 'coupon_sandbox_10'}]}
    yield {**plain, 'discounts': [{'coupon': 'coupon_sandbox_all'}]}
    yield {**plain, 'discounts': [{'promotionCode': 'promo_sandbox_save10'}]}
    yield {**plain, 'paymentMethodTypes': ['card', 'fawry'], 'cancelUrl': 'https://shop.example/'}
    yield {**plain, 'feeConfig': {'feesPassThrough': True, 'vatCollectionEnabled': True,
                                  'vatCollectionRate': 1400}}
    yield {**plain, 'customFields': [
        {'label': 'Name on the cup', 'type': 'TEXT', 'maxCharacters': 20, 'isOptional': True},
        {'label': 'Floor', 'type': 'NUMBER', 'isOptional': True}, {'label': 'Size', 'type': 'DROPDOWN',
         'isOptional': True, 'dropdownOptions': [{'label': 'S'}]}]}
    yield {**plain, 'brandingSettings': {'colors': {'primary': '#123456'}}, 'nameCollection': True,
           'shippingAddressCollection': True, 'phoneNumberCollection': True}
    yield {**plain, 'customerCreation': 'always', 'customerDetails': {
        'name': 'Mona', 'email': 'mona@example.com', 'phone': '+201000000000'}}
    yield {'uiMode': 'custom', 'afterCompletion': REDIRECT, 'lineItems': [line()]}
    yield {'uiMode': 'embedded', 'afterCompletion': REDIRECT, 'lineItems': [line()]}


def visit_sessions(caller):
    paid = 0
    for body in sessions_of_all_kinds():
        session = caller.post('/checkout/sessions', body)
        path = '/checkout/sessions/' + session['id']
        caller.call('GET', path, status=200)
        caller.call('PATCH', path, {'lineItems': [line(quantity=3)]})  # refused if in dollars
        caller.call('PATCH', path, {'metadata': {'a': '1'}, 'locale': 'ar'}, status=200)
        caller.on_page(session['id'], 'decline')
        caller.call('GET', path, status=200)
        caller.on_page(session['id'], 'pay')
        seen = caller.call('GET', path, status=200)
        paid += seen['paymentStatus'] == 'paid'
        if seen['paymentIntent'] and seen['paymentIntent']['charges']:
            refund_in_parts(caller, seen['paymentIntent'])
        caller.call('GET', path, status=200)
        caller.call('POST', path + '/expire')
    assert paid >= 10, f'only {paid} of the sessions could be paid'
    for actions in (['reference', 'pay_reference'], ['reference', 'fail_reference'], ['abandon']):
        session = caller.post('/checkout/sessions', {**next(sessions_of_all_kinds()),
                                                     'cancelUrl': 'https://shop.example/'})
        path = '/checkout/sessions/' + session['id']
        for action in actions:
            caller.on_page(session['id'], action)
            caller.call('GET', path, status=200)
        caller.call('POST', path + '/expire', status=200 if actions == ['abandon'] else 409)


def refund_in_parts(caller, intent):
    charge = intent['charges'][-1]['id']
    for status in ('SUCCEEDED', 'PENDING', 'FAILED', 'REQUIRES_ACTION', 'CANCELED'):
        caller.stage.sandbox.control('next-refund', status=status)
        made = caller.call('POST', '/refunds', {'chargeId': charge, 'amount': 100, 'reason': 'DUPLICATE'})
        if 'id' in made:
            caller.call('GET', '/refunds/' + made['id'], status=200)
        if made.get('status') in ('PENDING', 'REQUIRES_ACTION'):
            caller.call('POST', '/refunds', {'chargeId': charge})
            caller.stage.sandbox.control('refunds/' + made['id'], status='SUCCEEDED')
            caller.call('GET', '/refunds/' + made['id'], status=200)
    caller.post('/refunds', {'paymentIntentId': intent['id'], 'description': 'the rest'})
    caller.call('GET', f'/refunds?chargeId={charge}&limit=3&offset=1', status=200)


def visit_customers(caller):
    address = {'line1': '1 Nile St', 'city': 'Cairo', 'country': 'EG'}
    for body in ({'email': 'a@example.com'}, {'phone': '+201111111111', 'name': 'Ali', 'address': address},
                 {'email': 'b@example.com', 'metadata': {'tier': 'gold'}, 'currency': 'USD'}):
        made = caller.post('/customers', body)
        caller.call('GET', '/customers/' + made['id'], status=200)
        caller.post('/checkout/sessions', {'afterCompletion': REDIRECT, 'lineItems': [line()],
                                           'customerId': made['id'], 'customerUpdate': {'name': 'auto'}},
                    status=None)
    for query in ('', '?page=1&limit=2', '?search=example&type=registered', '?page=999', '?limit=0'):
        caller.call('GET', '/customers' + query)


def visit_catalogue(caller):
    product = caller.post('/products', {
        'name': 'Chair', 'description': 'of wood', 'image': 'https://shop.example/chair.png', 'unitLabel': 'piece',
        'metadata': {'tier': 'premium'}, 'defaultPrice': {'type': 'ONE_TIME', 'currency': 'EGP',
                                                          'unitAmount': 150000, 'stock': 5}})
    bare = caller.post('/products', {'name': 'Table'})
    caller.call('GET', '/products/' + product['id'], status=200)
    price = caller.post('/prices?productId=' + bare['id'], {
        'type': 'ONE_TIME', 'currency': 'USD', 'unitAmount': 9900, 'name': 'abroad',
        'startDate': '2020-01-01T00:00:00Z', 'expirationDate': '2040-01-01T00:00:00Z'})
    custom = caller.post('/prices?productId=' + bare['id'], {
        'type': 'CUSTOM', 'currency': 'EGP', 'customUnitAmount': {'minimum': 100, 'maximum': 90000, 'preset': 500}})
    caller.call('PATCH', '/prices/' + price['id'], {'stock': 3, 'metadata': {'a': '1'}}, status=200)
    caller.call('PATCH', '/products/' + bare['id'], {'name': 'Desk', 'defaultPrice': price['id']}, status=200)
    caller.call('PATCH', '/products/' + bare['id'], {'description': None, 'defaultPrice': None}, status=200)
    for query in ('', '?page=1&limit=1', '?active=true&search=Desk', '?metadata=%7B%22tier%22%3A%22premium%22%7D'):
        caller.call('GET', '/products' + query)
    visit_links(caller, price['id'])
    caller.call('DELETE', '/prices/' + custom['id'], status=204)
    caller.call('DELETE', '/prices/' + price['id'])
    doomed = caller.post('/products', {'name': 'Stool'})
    caller.call('DELETE', '/products/' + doomed['id'], status=204)
    caller.call('GET', '/products/' + doomed['id'], status=404)
    caller.call('DELETE', '/products/' + product['id'])


def visit_links(caller, price):
    link = caller.post('/payment-links', {'afterCompletion': CONFIRMATION, 'lineItems': [
        {'priceId': price, 'quantity': 1, 'adjustableQuantity': {'enabled': True, 'minimum': 1}}]})
    caller.post('/payment-links', {
        'afterCompletion': REDIRECT, 'lineItems': [{'priceId': price, 'quantity': 2}], 'submitType': 'BOOK',
        'metadata': {'campaign': 'spring'}, 'expiresAt': '2040-01-01T00:00:00Z', 'nameCollection': True,
        'customFields': [{'label': 'Size', 'type': 'TEXT', 'isOptional': True}],
        'brandingSettings': {'colors': {'primary': '#123456'}},
        'feeConfig': {'feesPassThrough': False, 'vatCollectionEnabled': False}})
    path = '/payment-links/' + link['id']
    caller.call('GET', path, status=200)
    caller.call('PATCH', path, {'active': False, 'metadata': {'a': '1'}}, status=200)
    caller.call('PATCH', path, {'active': True, 'expiresAt': None, 'feeConfig': None}, status=200)
    for query in ('', '?page=1&limit=1', '?active=true', '?amount=gt:50', '?amount=bt:10,100000000',
                  '?date=last:7,days&timezone=Africa/Cairo', '?search=Desk'):
        caller.call('GET', '/payment-links' + query)


def visit_endpoints(caller):
    made = caller.post('/webhook-endpoints', {'url': 'https://shop.example/hooks', 'enabledEvents': []})
    caller.post('/webhook-endpoints', {'url': 'https://shop.example/other', 'description': 'the other one',
                                       'enabledEvents': ['refund.created'], 'metadata': {'a': '1'}})
    path = '/webhook-endpoints/' + made['id']
    caller.call('GET', path, status=200)
    caller.call('PATCH', path, {'description': 'changed', 'enabledEvents': ['checkout.session.completed']},
                status=200)
    caller.call('GET', '/webhook-endpoints', status=200)
    caller.call('DELETE', path, status=204)
    caller.call('GET', path, status=404)


def be_refused(caller):
    for key in KEYS:
        for path in ('/account', '/customers', '/checkout/sessions/cs_none', '/products', '/webhook-endpoints'):
            caller.call('GET', path, key=key)
        caller.call('POST', '/checkout/sessions', next(sessions_of_all_kinds()), key=key)
    for path in ('/checkout/sessions/x', '/refunds/x', '/customers/x', '/payment-links/x', '/products/x',
                 '/webhook-endpoints/x'):
        caller.call('GET', path, status=404)
    for path in ('/checkout/sessions', '/refunds', '/customers', '/payment-links', '/products', '/prices?productId=x',
                 '/webhook-endpoints'):
        for body in ({}, {'unknown': 1}, [], {'lineItems': [{'quantity': -1}]}, {'metadata': 'x'}):
            caller.call('POST', path, body)


def operations():
    """Method and path by the operation's id as "?id", and by the name of the schema of its body."""
    with open(CONTRACT) as file:
        paths = json.load(file)['paths']
    for path, methods in paths.items():
        for method, operation in methods.items():
            body = operation.get('requestBody', {}).get('content', {}).get('application/json')
            if body:
                yield body['schema']['$ref'].rsplit('/', 1)[1], (method.upper(), path)
            elif method == 'get':
                yield '?' + operation['operationId'], (method.upper(), path)


def send_made_up(caller, lines):
    """What the library's encoder made of parameters by chance; most of it names what does not exist."""
    known = dict(operations())
    link = caller.call('GET', '/payment-links?limit=1', status=200)['data'][0]
    product = caller.post('/products', {'name': 'Shelf'})
    ids = {'/checkout/sessions/{id}': caller.post('/checkout/sessions', next(sessions_of_all_kinds())),
           '/payment-links/{id}': link, '/products/{id}': product,
           '/prices/{id}': caller.post('/prices?productId=' + product['id'], {
               'type': 'ONE_TIME', 'currency': 'EGP', 'unitAmount': 100}),
           '/webhook-endpoints/{id}': caller.post('/webhook-endpoints', {
               'url': 'https://shop.example/more', 'enabledEvents': []})}
    for line_of_proof in lines:
        what, fate, _, body = line_of_proof.split('\t', 3)
        if fate != 'sent':
            continue
        method, path = next(known[name] for name in what.split() if name in known)
        values = json.loads(body)
        if path in ids:
            path = path.replace('{id}', ids[path]['id'])
        if what.startswith('?'):
            caller.call(method, path + '?' + urllib.parse.urlencode(values, quote_via=urllib.parse.quote))
        else:
            caller.call(method, path + ('?productId=' + product['id'] if path == '/prices' else ''), values)


def everything(stage, made_up):
    """`made_up`: lines of `proof requests`."""
    caller = Caller(stage)
    caller.call('GET', '/account', status=200)
    stage.sandbox.control('deliveries', hold=True)
    failures = []
    for visit in (visit_sessions, visit_customers, visit_endpoints, visit_catalogue, be_refused):
        try:
            visit(caller)
        except (AssertionError, KeyError) as failure:
            failures.append(f'{visit.__name__}: {failure}')
    send_made_up(caller, made_up)
    stage.sandbox.control('events', 'GET')
    assert not failures, '; '.join(failures)
