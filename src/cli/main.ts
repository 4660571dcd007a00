#!/usr/bin/env node
import { processIo } from './io.js';
import { runProgram } from './program.js';

void runProgram(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
