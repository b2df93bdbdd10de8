// Answers made from the contract alone: generate.js SEED COUNT writes COUNT lines "schema<TAB>JSON" for every schema
// that an answer or a webhook can hold. Each is checked by ajv before it goes out, so what is written is what the
// contract with its overlay allows; then the amounts of some become texts, which XPay was seen to do. Every value of
// every enumeration must have been written once.
'use strict';

const { load, withOverlay, answerSchemas, checker, nameOf } = require('./contract');
const source = require('./random');

const [seed, count] = process.argv.slice(2).map(Number);
const contract = withOverlay(load());
const check = checker(contract);
const random = source(seed);
const unmet = new Map();
let amounts = []; // what turns the amounts of an answer into texts, as XPay was seen to send them

const WORDS = ['', 'a', 'text', 'Ünïcödé', 'جنيه', '日本', '🧾', '"quoted"', 'back\\slash', 'tab\t', 'line\nline', '\u0001',
  '</script>', 'null', '0', '  ', '\u2028', 'x'.repeat(300)];
const NAMES = ['order_id', 'note', 'a/b', 'm~n', 'Ünï', '', 'object', 'id'];
const WHOLE = [0, 1, -1, 99, 10000, 2147483647, 2147483648, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER];
const FRACTIONS = [0, 1, 0.5, 51.01, 2.75, 0.0001, 165.47, 100, 1e-7, 123456789.125];

const two = number => String(number).padStart(2, '0');
const date = () => `${1970 + random.below(130)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const moment = () => `${random.happens(0.05) ? '2028-02-29' : date()}T${two(random.below(24))}:${two(random.below(60))}:` +
  `${two(random.below(60))}${random.pick(['', '.5', '.123', '.999', '.123456'])}` +
  `${random.pick(['Z', 'Z', '+00:00', '+02:00', '-11:30', '+14:00'])}`;

function open(depth) {
  const object = {};
  for (let i = random.below(4); i > 0; i--)
    object[random.pick(NAMES)] = depth > 2 ? random.pick(WORDS) : random.pick([
      () => random.pick(WORDS), () => random.pick(WHOLE), () => null, () => true, () => open(depth + 1),
      () => [1, [], { a: false }]])();
  return object;
}

function text(schema) {
  if (schema.format === 'date-time')
    return moment();
  if (schema.format === 'date')
    return date();
  if (schema.format === 'email')
    return random.pick(['a@example.com', 'first.last+tag@shop.example.com']);
  if (schema.format === 'uri')
    return random.pick(['https://checkout.xpay.app/c/cs_1?a=b#c', 'https://shop.example/']);
  if (schema.pattern === '^-?[0-9]{1,15}$')
    return String(random.pick([0, 1, 250, -250, 999999999999999]));
  if (schema.pattern && schema.pattern.startsWith('^#'))
    return random.pick(['#fff', '#1a2B3c', '#1a2b3c4d']);
  return random.pick(WORDS);
}

// What this run still owes: each value of each enumeration, before any comes a second time.
function oneOf(schema, where) {
  if (!unmet.has(where))
    unmet.set(where, [...schema.enum]);
  const left = unmet.get(where);
  return left.length > 0 ? left.splice(random.below(left.length), 1)[0] : random.pick(schema.enum);
}

function object(schema, where, all, depth) {
  if (!schema.properties)
    return open(0);
  const result = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (all || (schema.required || []).includes(name) || random.happens(0.6)) {
      result[name] = value(property, `${where}.${name}`, all, depth + 1);
      if (property['x-money'] && typeof result[name] === 'number')
        amounts.push(() => { result[name] = String(result[name]); });
    }
  }
  return result;
}

function value(schema, where, all, depth) {
  if (schema.$ref)
    return value(contract.components.schemas[nameOf(schema.$ref)], nameOf(schema.$ref), all, depth);
  const branches = schema.allOf || schema.anyOf, empty = { enum: [null] };
  if (schema.nullable && random.happens(all ? 0 : 0.25))
    return null;
  if (branches) {
    const real = branches.filter(branch => JSON.stringify(branch) !== JSON.stringify(empty));
    const none = real.length < branches.length && random.happens(all ? 0 : 0.25 + depth / 20);
    return none ? null : value(random.pick(real), where, all, depth);
  }
  if (schema.enum)
    return oneOf(schema, where);
  switch (schema.type) {
  case 'string': return text(schema);
  case 'boolean': return random.happens(0.5);
  case 'integer': return random.happens(0.5) ? random.below(1000000) : random.pick(WHOLE);
  case 'number': return random.pick(FRACTIONS);
  case 'array': return Array.from({ length: all ? 2 : random.below(depth > 3 ? 2 : 4) },
                                  () => value(schema.items, where, all, depth + 1));
  case 'object': return object(schema, where, all, depth);
  default: return random.pick([null, true, 12, 'text', [], {}]); // anything, such as an item of open JSON
  }
}

const lines = [];
for (const name of answerSchemas(contract))
  for (let i = 0; i < count; i++) {
    amounts = [];
    const made = value({ $ref: `#/components/schemas/${name}` }, name, i % 8 === 0, 0);
    const wrong = check(name, made);
    if (wrong.length > 0)
      throw new Error(`${name} number ${i} of seed ${seed} is not what the contract allows: ${wrong[0]}`);
    if (i % 5 === 1)
      amounts.forEach(turn => turn());
    lines.push(`${name}\t${JSON.stringify(made)}\n`);
  }
for (const [where, left] of unmet)
  if (left.length > 0)
    throw new Error(`${where} never was ${left.join(', ')}: ask for more than ${count} of each schema`);
process.stdout.write(lines.join(''));
