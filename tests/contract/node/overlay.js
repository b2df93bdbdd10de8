// Write the contract with the overlay laid over it, for Prism.
'use strict';

const { load, withOverlay } = require('./contract');

process.stdout.write(JSON.stringify(withOverlay(load())));
