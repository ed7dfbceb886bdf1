/** `npm run check`: import table, types layer by layer, lint. Seconds, no browser. Ends with one line and 0 or 1. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from './checks.mjs';
import { countText, runCheck, sumOf } from './test-steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const counts = [];
for (const check of CHECKS) counts.push(await runCheck(check, root));
const total = sumOf(counts);
console.log(countText(total));
process.exitCode = total.failed === 0 ? 0 : 1;
