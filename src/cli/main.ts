#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { processIo } from './io.js';
import { runProgram } from './program.js';

// The young generation begins with a megabyte and would double at each collection: a tenth of the smallest run.
setFlagsFromString('--semi-space-growth-factor=16');

void runProgram(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
