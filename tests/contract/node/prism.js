// Prism serves the contract, request validation on: prism.js exact|loose SEED COUNT.
//
// "exact" is the contract with its overlay, "loose" the contract as it is. One server answers with Prism's static
// examples; COUNT more make theirs up, each from a seed of its own, since Prism begins its seed anew with each request.
// Writes one line per server, "what<TAB>base URL", then an empty one; ends when its standard input does.
'use strict';

const { createLogger } = require('@stoplight/prism-core');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { createServer } = require('@stoplight/prism-http-server');
const { load, withOverlay } = require('./contract');

async function serve(operations, mock) {
  const server = createServer(operations, {
    cors: false,
    config: { validateRequest: true, validateResponse: true, checkSecurity: true, errors: true, isProxy: false, mock },
    components: { logger: createLogger('prism', { level: 'silent' }) },
  });
  return server.listen(0, '127.0.0.1');
}

async function main(kind, seed, count) {
  const contract = kind === 'exact' ? withOverlay(load()) : load();
  const operations = await getHttpOperationsFromSpec(contract);
  console.log(`static\t${await serve(operations, { dynamic: false })}`);
  for (let i = 0; i < count; i++)
    console.log(`seed ${seed + i}\t${await serve(operations, { dynamic: true, seed: String(seed + i) })}`);
  console.log('');
}

main(process.argv[2], Number(process.argv[3]), Number(process.argv[4]));
process.stdin.on('end', () => process.exit(0)).resume();
