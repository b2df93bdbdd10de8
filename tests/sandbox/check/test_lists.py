"""The lists: pages, bounds, filters, and walks while something is added."""

from datetime import datetime, timedelta, timezone

from place import Case

PAGED = ('/customers', '/products', '/payment-links')


class Pages(Case):
    def setUp(self):
        super().setUp()
        self.ids = self.sandbox.control('customers', count=1000)['ids']

    def walk(self, path, limit, after_page=None):
        """All ids by page numbers, as a client walks."""
        page, ids = 1, []
        while True:
            answer = self.call('GET', path, query={'page': page, 'limit': limit})
            self.assertEqual(answer.status, 200, answer)
            if not answer['data']:
                return ids, answer['totalCount']
            ids += [item['id'] for item in answer['data']]
            if after_page:
                after_page(page)
            page += 1

    def test_bounds_of_page_and_limit(self):
        accepted = [{}, {'page': 1}, {'page': '2147483647'}, {'limit': 1}, {'limit': 100}]
        rows = [(query, 200, None, None) for query in accepted]
        for name, most in (('page', 2147483648), ('limit', 101)):
            rows += [({name: value}, 400, code, name) for value, code in (
                (0, 'parameter_out_of_range'), (-1, 'parameter_out_of_range'), (most, 'parameter_out_of_range'),
                ('x', 'parameter_invalid'), ('', 'parameter_invalid'), ('1.5', 'parameter_invalid'),
                ('0x1', 'parameter_invalid'), ('1 or 2', 'parameter_invalid'))]
        for path in PAGED:
            self.assertTable(rows, lambda query, path=path: self.call('GET', path, query=query))
        refunds = [({'limit': 1, 'offset': 0}, 200, None, None), ({'limit': 100}, 200, None, None),
                   ({'limit': 0}, 400, 'parameter_out_of_range', 'limit'),
                   ({'limit': 101}, 400, 'parameter_out_of_range', 'limit'),
                   ({'offset': -1}, 400, 'parameter_out_of_range', 'offset')]
        self.assertTable(refunds, lambda query: self.call('GET', '/refunds', query=query))

    def test_default_limit_is_20(self):
        self.assertEqual(len(self.call('GET', '/customers')['data']), 20)

    def test_each_list_has_its_own_envelope(self):
        self.assertEqual(set(self.call('GET', '/customers').json), {'data', 'totalCount'})
        self.assertEqual(set(self.call('GET', '/payment-links').json), {'data', 'totalCount'})
        self.assertEqual(set(self.call('GET', '/products').json),
                         {'data', 'totalCount', 'page', 'limit', 'totalPages'})
        self.assertEqual(set(self.call('GET', '/webhook-endpoints').json), {'object', 'data'})
        self.assertIsInstance(self.call('GET', '/refunds').json, list)

    def test_a_walk_meets_a_thousand_customers_once_each_newest_first(self):
        for limit in (7, 100):
            with self.subTest(limit=limit):
                ids, total = self.walk('/customers', limit)
                self.assertEqual(total, len(ids))
                self.assertEqual([id for id in ids if id in set(self.ids)], self.ids[::-1])
                self.assertEqual(len(set(ids)), len(ids))

    def test_what_is_added_during_a_walk_makes_one_come_twice_and_none_be_missed(self):
        added = []

        def add(page):
            if page in (2, 5):
                added.append(self.made('/customers', {'email': f'late-{page}@example.com'})['id'])
        before, _ = self.walk('/customers', 50)
        ids, _ = self.walk('/customers', 50, add)
        self.assertEqual(len(added), 2)
        self.assertEqual([id for number, id in enumerate(ids) if id in ids[:number]], [before[99], before[248]])
        self.assertEqual(list(dict.fromkeys(ids)), before)

    def test_pages_of_products_add_up(self):
        for _ in range(5):
            self.product()
        first = self.call('GET', '/products', query={'limit': 4})
        total = first['totalCount']
        self.assertEqual((first['page'], first['limit'], first['totalPages']), (1, 4, -(-total // 4)))
        self.assertEqual(self.call('GET', '/products', query={'limit': total})['totalPages'], 1)
        ids, count = self.walk('/products', 4)
        self.assertEqual((len(set(ids)), count), (total, total))
        beyond = self.call('GET', '/products', query={'limit': 4, 'page': first['totalPages'] + 1})
        self.assertEqual((beyond['data'], beyond['page']), ([], first['totalPages'] + 1))


class Filters(Case):
    def found(self, path, **query):
        answer = self.call('GET', path, query={'limit': 100, **query})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer['totalCount'], len(answer['data']))
        return [item['id'] for item in answer['data']][::-1]

    def test_customers_are_searched_by_any_term(self):
        made = [self.made('/customers', body)['id'] for body in (
            {'name': 'Amal Hassan', 'email': 'amal@example.com'}, {'name': 'Basma', 'phone': '01012345678'})]
        for search, expected in (('amal', made[:1]), ('HASSAN', made[:1]), ('+2010', made[1:]), (made[1], made[1:]),
                                 ('amal,basma', made), (' amal , nobody', made[:1]), ('nobody', []), (',', made),
                                 ('', made)):
            with self.subTest(search=search):
                self.assertEqual(self.found('/customers', search=search), expected)
        self.assertEqual(self.found('/customers', type='registered'), made)
        self.assertEqual(self.found('/customers', type='guest'), [])
        self.assertRefused(self.call('GET', '/customers?type=other'), 400, 'parameter_invalid', 'type')

    def test_products_are_narrowed(self):
        plain = self.product(name='Plain cup', unitLabel='piece', metadata={'tier': 'a', 'n': 1})['id']
        gilt = self.product(name='Gilt', description='A golden cup', metadata={'tier': 'a'})['id']
        off = self.product(name='Cup off', active=False)['id']
        for query, expected in [
                ({'search': 'cup'}, [plain, gilt, off]), ({'search': 'PIECE'}, [plain]),
                ({'search': 'golden,off'}, [gilt, off]), ({'search': 'cup', 'active': 'true'}, [plain, gilt]),
                ({'active': 'false'}, [off]), ({'metadata': '{"tier":"a"}'}, [plain, gilt]),
                ({'metadata': '{"tier":"a","n":1}'}, [plain]), ({'metadata': '{"n":"1"}'}, []),
                ({'metadata': '{"tier":"b"}'}, [])]:
            with self.subTest(query=query):
                self.assertEqual(self.found('/products', **query), expected)
        self.assertTable([
            ({'active': 'yes'}, 400, 'parameter_invalid', 'active'),
            ({'active': '1'}, 400, 'parameter_invalid', 'active'),
            ({'metadata': 'tier'}, 400, 'parameter_invalid', 'metadata'),
            ({'metadata': '["tier"]'}, 400, 'parameter_invalid', 'metadata'),
        ], lambda query: self.call('GET', '/products', query=query))

    def test_links_are_narrowed_by_amount(self):
        links = {amount: self.link(self.price(unitAmount=amount)['id'])['id'] for amount in (9, 10, 50, 100, 101)}
        for amount, expected in [
                ('eq:100', [100]), ('eq:99', []), ('bt:10,100', [10, 50, 100]), ('bt:50,50', [50]),
                ('gt:50', [100, 101]), ('gt:101', []), ('lt:10', [9]), ('lt:0', []), ('gt:9007199254740991', [])]:
            with self.subTest(amount=amount):
                self.assertEqual(self.found('/payment-links', amount=amount), [links[one] for one in expected])
        bad = ['100', 'eq', 'eq:', 'eq:1,2', 'eq:-1', 'eq:1.0', 'eq:1e2', 'bt:1', 'bt:2,1', 'bt:1,2,3', 'ge:1',
               'EQ:1', 'gt:x', ':1', 'last:7,days', 'eq:9007199254740992', 'eq:99999999999999999999', 'eq: 1']
        self.assertTable([(value, 400, 'parameter_invalid', 'amount') for value in bad],
                         lambda value: self.call('GET', '/payment-links', query={'amount': value}))

    def test_links_are_narrowed_by_text_and_state(self):
        cup, pot = [self.price(self.product(name=name, description=text)['id'])['id']
                    for name, text in (('Teacup', 'blue'), ('Pot', 'of iron'))]
        both, one = self.link(cup, pot)['id'], self.link(pot)['id']
        self.call('PATCH', '/payment-links/' + one, {'active': False})
        for query, expected in [({'search': 'teacup'}, [both]), ({'search': 'iron'}, [both, one]),
                                ({'search': 'iron', 'active': 'true'}, [both]),
                                ({'search': 'iron', 'active': 'false'}, [one]), ({'search': 'gold'}, [])]:
            with self.subTest(query=query):
                self.assertEqual(self.found('/payment-links', **query), expected)
        self.assertRefused(self.call('GET', '/payment-links?active=1'), 400, 'parameter_invalid', 'active')


class Dates(Case):
    def now(self):
        return datetime.fromisoformat(self.sandbox.control('state', 'GET')['now'].replace('Z', '+00:00'))

    def go_to(self, moment):
        """Moves the sandbox's clock on, which goes a year at most at once."""
        while (ahead := moment - self.now()) > timedelta():
            self.sandbox.control('clock', advanceMs=int(min(ahead, timedelta(days=365)) / timedelta(milliseconds=1)))
            if ahead < timedelta(seconds=1):
                break

    def found(self, **query):
        answer = self.call('GET', '/payment-links', query=query)
        self.assertEqual(answer.status, 200, answer)
        return [link['id'] for link in answer['data']][::-1]

    def test_links_are_narrowed_by_date(self):
        noon = (self.now() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)

        def day(days):
            return (noon + timedelta(days=days)).strftime('%Y-%m-%d')
        self.go_to(noon)
        old = self.link()['id']
        self.go_to(noon + timedelta(days=10))
        new = self.link()['id']
        for date, zone, expected in [
                ('last:7,days', None, [new]), ('last:11,days', None, [old, new]),
                (f'eq:{day(0)}', None, [old]), (f'eq:{day(10)}', None, [new]), (f'eq:{day(1)}', None, []),
                (f'bt:{day(0)},{day(10)}', None, [old, new]), (f'bt:{day(1)},{day(9)}', None, []),
                (f'bt:{day(1)},{day(10)}', 'UTC', [new]),
                # At noon in UTC it is past midnight in Kiritimati (+14) and early morning in Honolulu (-10).
                (f'eq:{day(1)}', 'Pacific/Kiritimati', [old]), (f'eq:{day(0)}', 'Pacific/Kiritimati', []),
                (f'eq:{day(0)}', 'Pacific/Honolulu', [old]), (f'eq:{day(0)}', 'Africa/Cairo', [old])]:
            with self.subTest(date=date, zone=zone):
                self.assertEqual(self.found(date=date, **({'timezone': zone} if zone else {})), expected)

    def test_what_is_no_filter_of_dates_is_refused(self):
        bad = ['eq:2024-02-30', 'eq:2024-1-1', 'bt:2024-01-02,2024-01-01', 'bt:2024-01-01', 'last:7', 'last:0,days',
               'last:-1,days', 'last:7,years', 'gt:2024-01-01', '2024-01-01', 'eq:', 'last:7,days,days', 'eq:100']
        self.assertTable([(value, 400, 'parameter_invalid', 'date') for value in bad],
                         lambda value: self.call('GET', '/payment-links', query={'date': value}))
        zones = ['Cairo', '../../etc/passwd', '/etc/passwd', 'Africa/Nowhere', 'Africa', 'zone.tab', '+02:00', '/Africa/Cairo',
                 'posix/Africa/Cairo']
        self.assertTable([(value, 400, 'parameter_invalid', 'timezone') for value in zones],
                         lambda value: self.call('GET', '/payment-links', query={'timezone': value}))

    def test_a_day_that_has_no_midnight_begins_an_hour_later(self):
        """Cairo, last Friday of April: 00:00 is 01:00 there at once, which is 22:00 UTC of Thursday."""
        friday = datetime(self.now().year + 1, 4, 30, tzinfo=timezone.utc)
        friday -= timedelta(days=(friday.weekday() - 4) % 7)
        links = []
        for hours in (-2.5, -1.5):
            self.go_to(friday + timedelta(hours=hours))
            links.append(self.link()['id'])
        zone = {'timezone': 'Africa/Cairo'}
        self.assertEqual(self.found(date=f'eq:{friday:%Y-%m-%d}', **zone), links[1:])
        self.assertEqual(self.found(date=f'eq:{friday - timedelta(days=1):%Y-%m-%d}', **zone), links[:1])

    def test_a_day_of_25_hours_is_one_day(self):
        """Berlin, last Sunday of October: from 22:00 UTC of the day before to 23:00 UTC."""
        year = self.now().year + 1
        sunday = datetime(year, 10, 31, tzinfo=timezone.utc)
        sunday -= timedelta(days=(sunday.weekday() + 1) % 7)
        links = []
        for hours in (-2.5, -1.5, 22.5, 23.5):
            self.go_to(sunday + timedelta(hours=hours))
            links.append(self.link()['id'])
        zone = {'timezone': 'Europe/Berlin'}
        self.assertEqual(self.found(date=f'eq:{sunday:%Y-%m-%d}', **zone), links[1:3])
        self.assertEqual(self.found(date=f'eq:{sunday:%Y-%m-%d}'), links[2:])
