/**
 * The steps of `npm test` and how each is counted: a check is one test, vitest and Playwright count their own
 * and say so in a JSON report. A runner that ends badly without naming a failed test counts as one failure,
 * so a crash can never look like success.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

export const sumOf = (counts) => counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), { passed: 0, failed: 0 });
export const countText = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/** Runs a program with its output shown; its exit code, or 1 when a signal or the system ended it. */
function run([program, args], root, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

export async function runCheck({ name, command }, root) {
  const started = performance.now();
  console.log(`── ${name} …`);
  const code = await run(command, root);
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** Runs a test runner that writes a JSON report to `report`; `countsOf` reads it. */
export async function runSuite({ name, command, env, report, countsOf }, root) {
  console.log(`── ${name} …`);
  rmSync(report, { force: true });
  const code = await run(command, root, env);
  const counts = withCrash(code, readReport(report, countsOf));
  console.log(`── ${name}: ${countText(counts)}`);
  return counts;
}

function readReport(report, countsOf) {
  try {
    return countsOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** A bad end that no failed test explains is a failure of its own; so is a run in which nothing ran. */
export const withCrash = (code, { passed, failed }) => ({ passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed });

/** vitest's JSON: a file that could not even be loaded has no tests, and counts as one failure. */
export function vitestCounts(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded };
}

/** Playwright's JSON: `flaky` cannot happen without retries and would count as failed. */
export const playwrightCounts = ({ stats, errors }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length });
