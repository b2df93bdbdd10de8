// The contract as these programs read it: with the overlay laid over its answers, and as JSON Schema for ajv.
'use strict';

const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');
const formats = require('ajv-formats');

const file = name => JSON.parse(fs.readFileSync(path.join(__dirname, '..', name), 'utf8'));
const WHOLE = { type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const METHODS = ['get', 'post', 'patch', 'delete'];

// Schemas that no operation names; they are what webhooks bring.
const EVENTS = ['PaymentIntentResponse', 'PromotionCodeResponse'];

const nameOf = reference => reference.slice(reference.lastIndexOf('/') + 1);

function operations(contract) {
  const list = [];
  for (const [route, methods] of Object.entries(contract.paths))
    for (const method of METHODS)
      if (methods[method])
        list.push({ method: method.toUpperCase(), route, id: methods[method].operationId, ...methods[method] });
  return list;
}

// Names of the schemas below a value, found by reference.
function below(contract, value, found = new Set()) {
  JSON.stringify(value, (key, part) => {
    if (key === '$ref' && !found.has(nameOf(part))) {
      found.add(nameOf(part));
      below(contract, contract.components.schemas[nameOf(part)], found);
    }
    return part;
  });
  return found;
}

function answerSchemas(contract) {
  const answers = below(contract, operations(contract).map(operation => operation.responses));
  for (const name of EVENTS) {
    answers.add(name);
    below(contract, contract.components.schemas[name], answers);
  }
  return [...answers].sort();
}

// Say of a property what the overlay says of its name.
function refine(overlay, used, name, schema, where) {
  const take = kind => {
    const line = [`${where}.${name}`, name].find(words => overlay[kind].includes(words));
    return line !== undefined && used.add(`${kind} ${line}`);
  };
  if (schema.type === 'number') {
    const money = take('money');
    if (money || take('count'))
      Object.assign(schema, WHOLE, money ? { 'x-money': true } : {});
    else if (!take('fraction'))
      throw new Error(`overlay.json does not say what number ${where}.${name} is`);
  } else if (schema.type === 'string' && !schema.enum) {
    if (take('moneyAsText'))
      Object.assign(schema, { pattern: '^-?[0-9]{1,15}$', example: '25000' });
    else if (take('moment') && !schema.format)
      schema.format = 'date-time';
    else if (take('momentOrEmpty'))
      schema.anyOf = [{ type: 'string', format: 'date-time' }, { type: 'string', enum: [''] }];
  }
}

function refineAll(overlay, used, schema, where) {
  if (schema === null || typeof schema !== 'object')
    return;
  for (const [name, property] of Object.entries(schema.properties || {}))
    refine(overlay, used, name, property, where);
  for (const part of Object.values(schema))
    refineAll(overlay, used, part, where);
}

function withOverlay(contract) {
  const overlay = file('overlay.json');
  const refined = structuredClone(contract), used = new Set();
  for (const name of answerSchemas(contract))
    refineAll(overlay, used, refined.components.schemas[name], name);
  for (const kind of ['money', 'count', 'fraction', 'moneyAsText', 'moment', 'momentOrEmpty'])
    for (const name of overlay[kind])
      if (!used.has(`${kind} ${name}`))
        throw new Error(`overlay.json: "${name}" in "${kind}" changes nothing`);
  return refined;
}

// OpenAPI 3.0 to JSON Schema: its nullable becomes a branch.
function plain(schema) {
  if (Array.isArray(schema))
    return schema.map(plain);
  if (schema === null || typeof schema !== 'object')
    return schema;
  const { nullable, example, 'x-note': note, ...rest } = schema;
  const result = {};
  for (const [keyword, value] of Object.entries(rest)) {
    if (keyword === 'properties')
      result.properties = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
    else
      result[keyword] = ['enum', 'required', 'default'].includes(keyword) ? value : plain(value);
  }
  return nullable ? { anyOf: [{ type: 'null' }, result] } : result;
}

// The result's check(schema, value) gives what is wrong with a value, as lines; none when it is fine.
function checker(contract, options = {}) {
  const ajv = new Ajv({ strict: false, allErrors: true, ...options });
  formats(ajv);
  ajv.addSchema({ $id: 'contract', components: { schemas: plain(contract.components.schemas) } });
  const compiled = new Map();
  return (schema, value) => {
    const key = typeof schema === 'string' ? schema : JSON.stringify(schema);
    if (!compiled.has(key)) {
      const root = typeof schema === 'string' ? { $ref: `#/components/schemas/${schema}` } : schema;
      const text = JSON.stringify(plain(root)).replaceAll('"#/', '"contract#/');
      compiled.set(key, ajv.compile(JSON.parse(text)));
    }
    const validate = compiled.get(key);
    return validate(value) ? [] : validate.errors.map(e => `${e.instancePath || '/'} ${e.message}`);
  };
}

module.exports = {
  load: () => file('openapi.json'), withOverlay, operations, answerSchemas, checker, nameOf,
};
