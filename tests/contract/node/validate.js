// The requests that `proof requests` wrote, on standard input, against the contract.
//
// What the encoder sends must be valid. What it refuses must be invalid, or the reason must stand in stricter.json,
// where somebody has said why the library asks for more than the contract's keywords do.
'use strict';

const fs = require('fs');
const { load, operations, checker } = require('./contract');

const contract = load();
const check = checker(contract);
const checkText = checker(contract, { coerceTypes: true });
const byId = new Map(operations(contract).map(operation => [operation.id, operation]));
const stricter = JSON.parse(fs.readFileSync(`${__dirname}/../stricter.json`, 'utf8'));
const patterns = stricter.map(({ refusal }) =>
  new RegExp(`^${refusal.split('*').map(part => part.replace(/[.[\](){}^$+?|\\]/g, '\\$&')).join('.*')}$`));
const complaints = new Map();
const used = new Map();
const counts = { sent: 0, agreed: 0, stricter: 0 };

function complain(line, example) {
  if (!complaints.has(line))
    complaints.set(line, { count: 0, example });
  complaints.get(line).count++;
}

function query(name, values) {
  const parameters = (byId.get(name).parameters || []).filter(p => p.in === 'query');
  const schema = { type: 'object', additionalProperties: false, properties: {}, required: [] };
  for (const parameter of parameters) {
    schema.properties[parameter.name] = parameter.schema;
    if (parameter.required)
      schema.required.push(parameter.name);
  }
  return checkText(schema, values);
}

// A type may stand for several schemas; what any of them takes is fine for one of its uses.
function faults(what, value) {
  if (what.startsWith('?'))
    return query(what.slice(1), value);
  const each = what.split(' ').map(name => check(name, value));
  return each.find(list => list.length === 0) || each[0];
}

for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [what, fate, reason, json] = line.split('\t');
  const wrong = faults(what, JSON.parse(json));
  if (fate === 'sent') {
    counts.sent++;
    if (wrong.length > 0)
      complain(`${what}: sent, but ${wrong.join('; ').slice(0, 300)}`, json);
  } else if (wrong.length > 0) {
    counts.agreed++;
  } else {
    const rule = stricter[patterns.findIndex(pattern => pattern.test(reason))];
    counts.stricter++;
    if (rule)
      used.set(rule, (used.get(rule) || 0) + 1);
    else
      complain(`refused, but the contract takes it, and stricter.json has no word about "${reason}"`, json);
  }
}
for (const rule of stricter)
  if (!used.has(rule))
    complain(`stricter.json: nothing was refused for "${rule.refusal}"`, '');

let failed = 0;
for (const [line, { count, example }] of complaints) {
  failed += count;
  console.error(`  ${count} times: ${line}${example && `\n    such as ${example.slice(0, 400)}`}`);
}
console.error(`requests: ${counts.sent} bodies and queries valid by ajv; of the refused, ${counts.agreed} are invalid ` +
  `by ajv, too, and ${counts.stricter} for what the contract only says in words:`);
for (const [rule, count] of used)
  console.error(`  ${String(count).padStart(6)} ${rule.refusal}: ${rule.why}`);
console.error(`${counts.sent + counts.agreed + counts.stricter - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || counts.sent === 0 ? 1 : 0;
