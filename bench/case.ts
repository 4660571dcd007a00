/* Measures one case and prints what each contestant took: case.ts NAME */
import { allCases, nameOf } from './cases.js';
import { measure } from './measure.js';

const SAMPLES = 9;

const benchCase = allCases(false).find((each) => nameOf(each) === process.argv[2])!;
console.log(JSON.stringify(measure(benchCase, SAMPLES)));
