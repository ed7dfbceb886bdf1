/**
 * `npm test`: import table, types, lint, then every unit and property test, then the browser tests against a
 * production build. No retries. The last line is `N passed, N failed`; the exit code is 1 when any failed.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from './checks.mjs';
import { countText, playwrightCounts, runCheck, runSuite, sumOf, vitestCounts } from './test-steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'node_modules/.test-reports');
mkdirSync(reports, { recursive: true });

const vitest = {
  name: 'unit, property and golden tests',
  command: [process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`]],
  report: join(reports, 'vitest.json'),
  countsOf: vitestCounts,
};
const playwright = {
  name: 'browser tests',
  command: [process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json']],
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
  report: join(reports, 'playwright.json'),
  countsOf: playwrightCounts,
};

const counts = [];
for (const check of CHECKS) counts.push(await runCheck(check, root));
for (const suite of [vitest, playwright]) counts.push(await runSuite(suite, root));
const total = sumOf(counts);
console.log(countText(total));
process.exitCode = total.failed === 0 ? 0 : 1;
