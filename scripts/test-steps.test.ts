import { expect, test } from 'vitest';
import { countText, playwrightCounts, runCheck, sumOf, vitestCounts, withCrash } from './test-steps.mjs';

const node = (code: string) => [process.execPath, ['-e', code]] as const;

test('counts add up to one line', () => {
  expect(countText(sumOf([{ passed: 2, failed: 0 }, { passed: 40, failed: 3 }]))).toBe('42 passed, 3 failed');
});

test('a check that ends with 0 is one passed test, any other end is one failed test', async () => {
  expect(await runCheck({ name: 'good', command: node('') }, '.')).toEqual({ passed: 1, failed: 0 });
  expect(await runCheck({ name: 'bad', command: node('process.exit(3)') }, '.')).toEqual({ passed: 0, failed: 1 });
  expect(await runCheck({ name: 'killed', command: node("process.kill(process.pid, 'SIGKILL')") }, '.')).toEqual({ passed: 0, failed: 1 });
  expect(await runCheck({ name: 'absent', command: ['/no/such/program', []] }, '.')).toEqual({ passed: 0, failed: 1 });
});

test('a runner that crashes without a failed test counts as one failure', () => {
  expect(withCrash(1, { passed: 10, failed: 0 })).toEqual({ passed: 10, failed: 1 });
  expect(withCrash(1, { passed: 10, failed: 2 })).toEqual({ passed: 10, failed: 2 });
});

test('a runner that ran nothing is a failure, even when it ends with 0', () => {
  expect(withCrash(0, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
});

test('a vitest file that could not be loaded is a failure', () => {
  const failed = { status: 'failed', assertionResults: [] };
  const partly = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
  expect(vitestCounts({ numPassedTests: 5, numFailedTests: 1, testResults: [failed, partly] })).toEqual({ passed: 5, failed: 2 });
});

test('a flaky browser test and a broken configuration are failures', () => {
  expect(playwrightCounts({ stats: { expected: 7, unexpected: 1, flaky: 1 }, errors: [{}] })).toEqual({ passed: 7, failed: 3 });
});
