// A relay that holds every answer of the sandbox against the contract: watch.js URL.
//
// Writes its own base URL, then relays until its standard input ends, then tells what it saw. An answer must have a
// status that the contract gives its operation (401, 403, 404, 409 and 429 may come from any) and a body that fits the
// schema with the overlay, without members that the contract does not have. Every operation must have succeeded once.
'use strict';

const http = require('http');
const { load, withOverlay, operations, checker } = require('./contract');

const upstream = new URL(process.argv[2]);
const ANYWHERE = ['400', '401', '403', '404', '409', '429', '503'];
const EVENT_OBJECTS = {
  'checkout.session': 'CheckoutSessionResponse', payment_intent: 'PaymentIntentResponse', charge: 'ChargeResponse',
  refund: 'RefundResponse', customer: 'CustomerResponse', product: 'ProductResponse', price: 'PriceResponse',
  payment_link: 'PaymentLinkResponse',
};

// Schemas that take no member which they do not name.
function closed(schema) {
  if (schema === null || typeof schema !== 'object')
    return;
  if (schema.type === 'object' && schema.properties && schema.additionalProperties === undefined)
    schema.additionalProperties = false;
  Object.values(schema).forEach(closed);
}

const contract = withOverlay(load());
closed(contract.components.schemas);
const check = checker(contract);
const seen = new Map();
const routes = operations(contract).map(operation => {
  seen.set(operation.id, { successes: 0, refusals: 0 });
  return { ...operation, pattern: new RegExp(`^${operation.route.replace(/\{[^}]*\}/g, '[^/]+')}$`) };
});
let passed = 0, failed = 0, events = 0;

function complain(line) {
  if (++failed <= 40)
    console.error(`  ${line}`);
}

function judge(what, schema, value) {
  const wrong = check(schema, value);
  if (wrong.length === 0)
    passed++;
  else
    complain(`${what}: ${wrong.slice(0, 4).join('; ')}`);
}

function parsed(what, body) {
  try {
    return JSON.parse(body);
  } catch {
    complain(`${what}: not JSON: ${body.slice(0, 200)}`);
    return undefined;
  }
}

function judgeAnswer(operation, status, body) {
  const what = `${operation.id} answered ${status}`, success = status < 300;
  const response = operation.responses[status];
  seen.get(operation.id)[success ? 'successes' : 'refusals']++;
  if (status === 500 || (!response && (success || !ANYWHERE.includes(String(status))))) {
    complain(`${what}: ${status === 500 ? body.slice(0, 300) : 'the contract has no such status'}`);
  } else if (success && !response.content) {
    if (body.length === 0)
      passed++;
    else
      complain(`${what}: a body where none belongs`);
  } else {
    const value = parsed(what, body);
    if (value !== undefined)
      judge(what, success ? response.content['application/json'].schema : 'ApiErrorResponse', value);
  }
}

function judgeEvents(body) {
  for (const event of parsed('events', body).events || []) {
    const object = event.data && event.data.object;
    events++;
    if (object && EVENT_OBJECTS[object.object])
      judge(`event ${event.type}`, EVENT_OBJECTS[object.object], object);
    else
      complain(`event ${event.type}: holds no object that this program knows`);
  }
}

function observe(method, path, status, body) {
  const operation = routes.find(route => route.method === method && route.pattern.test(path));
  if (operation)
    judgeAnswer(operation, status, body);
  else if (path === '/_sandbox/events' && status === 200)
    judgeEvents(body);
}

const collect = stream => new Promise((resolve, reject) => {
  const parts = [];
  stream.on('data', part => parts.push(part)).on('error', reject).on('aborted', () => reject(new Error('aborted')))
    .on('end', () => resolve(Buffer.concat(parts)));
});

const server = http.createServer(async (request, reply) => {
  const { method, url, headers } = request;
  try {
    const sent = await collect(request);
    const answer = await new Promise((resolve, reject) => {
      http.request({ host: upstream.hostname, port: upstream.port, method, path: url, headers, agent: false }, resolve)
        .on('error', reject).end(sent);
    });
    const body = (await collect(answer)).toString();
    observe(method, url.split('?')[0], answer.statusCode, body);
    const { 'content-length': length, 'transfer-encoding': encoding, ...kept } = answer.headers;
    reply.writeHead(answer.statusCode, kept).end(body.replaceAll(upstream.origin, origin())); // its pages, seen from here
  } catch {
    request.socket.destroy(); // the sandbox cut the connection, as it was told to
  }
});

const origin = () => `http://127.0.0.1:${server.address().port}`;
server.listen(0, '127.0.0.1', () => console.log(origin()));
process.stdin.on('end', () => {
  let successes = 0, refusals = 0;
  for (const [id, counts] of seen) {
    successes += counts.successes;
    refusals += counts.refusals;
    if (counts.successes === 0)
      complain(`${id}: never succeeded at the sandbox`);
  }
  console.error(`sandbox: ${successes} answers and ${refusals} refusals of ${seen.size} operations, and ${events} events, ` +
    'held against the contract');
  console.error(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}).resume();
