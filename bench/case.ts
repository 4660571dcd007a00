/* Measures one case and prints what each contestant took: case.ts NAME [--smoke] */
import { allCases, nameOf } from './cases.js';
import { measure } from './measure.js';

const SAMPLES = 9;

const [name, flag] = process.argv.slice(2);
const smoke = flag === '--smoke';
const benchCase = allCases(smoke).find((each) => nameOf(each) === name)!;
console.log(JSON.stringify(measure(benchCase, smoke ? 1 : SAMPLES)));
