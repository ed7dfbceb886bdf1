/** Asking: run a scenario, compare two variants, replay a recording, forecast, see the risk, query the data. */
import { expect, test } from '@playwright/test';

test.setTimeout(120_000);

test('I run a scenario, change it as a form and as YAML, and get the same hash for the same seed @phone', async ({ page }) => {
  await page.goto('/scenarios?scenario=node-loss');
  const simulate = page.getByRole('button', { name: 'Simulate', exact: true });
  await simulate.click();
  await expect(page.getByTestId('run-answer')).toBeVisible({ timeout: 60_000 });
  const hash = await page.getByTestId('state-hash').innerText();
  await simulate.click();
  await expect(page.getByTestId('state-hash')).toHaveText(hash, { timeout: 60_000 });
  await page.getByText('YAML', { exact: true }).click();
  const text = page.getByLabel('Scenario as YAML');
  await expect(text).toContainText('durationSeconds: 420');
  await text.fill((await text.inputValue()).replace('durationSeconds: 420', 'durationSeconds: -1'));
  await expect(page.getByRole('list', { name: 'What is wrong with this scenario' })).toContainText('durationSeconds');
  await expect(simulate).toBeDisabled();
});

test('I compare two variants and read the difference with its interval', async ({ page }) => {
  await page.goto('/compare?a=double-traffic&b=replicas:catalog:8');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByTestId('compare-answer')).toContainText(/p99 of clients .* → .* ms \(Δ −[\d.]+ ± [\d.]+/, { timeout: 90_000 });
  await expect(page.getByRole('table', { name: 'Differences between variant B and variant A' }).getByRole('row', { name: /client\.latencyP99Ms/ })).toBeVisible();
});

test('I replay a recording: its faults are found, every turn is explained, and the hash is there to check', async ({ page }) => {
  await page.goto('/replay');
  await page.getByRole('button', { name: 'A day with four faults' }).click();
  await page.getByRole('button', { name: 'Replay it' }).click({ timeout: 60_000 });
  await expect(page.getByTestId('decisions-hash')).toHaveText(/^[0-9a-f]{16}$/, { timeout: 100_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/alarms? and \d+ plans?/);
  await expect(page.getByRole('region', { name: 'How well the twin fits' })).toContainText('% off (median)');
  await page.getByRole('button', { name: /^Turn at .*Scale backend|^Turn at .*Change the CPU quota/ }).first().click();
  await expect(page.getByRole('table', { name: 'Candidates, rehearsed' })).toContainText('do nothing');
  await expect(page.getByRole('table', { name: 'What the plan would have promised' })).toBeVisible();
});

test('I see demand with its intervals, the models beside each other, and where it is risky, with the SQL', async ({ page }) => {
  await page.goto('/forecast');
  await expect(page.getByTestId('forecast-answer')).toBeVisible({ timeout: 100_000 });
  await expect(page.getByText(/the trained network (beats|loses to) seasonal-naive/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Backtest of every model' }).getByRole('row', { name: /Trained network/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Risk heat map' }).click();
  await page.getByRole('button', { name: 'Run 8 seeds' }).click();
  await expect(page.getByTestId('risk-answer')).toContainText('node-c', { timeout: 90_000 });
  await page.getByText('Show the SQL').click();
  await expect(page.getByText(/FROM\s+frame_service/).first()).toBeVisible();
});

test('I load a source and ask it in SQL; writing is refused in words', async ({ page }) => {
  await page.goto('/data');
  await page.getByRole('button', { name: 'Load A calm compressed day' }).click({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: '✓ A calm compressed day' })).toBeVisible({ timeout: 60_000 });
  const run = page.getByRole('region', { name: 'SQL console' }).getByRole('button', { name: 'Run', exact: true });
  await run.click();
  await expect(page.getByTestId('query-note')).toContainText('4 rows', { timeout: 20_000 });
  await page.getByLabel('Query', { exact: true }).fill('DROP TABLE frame');
  await run.click();
  await expect(page.getByRole('region', { name: 'SQL console' }).getByRole('alert')).toContainText('DROP');
});

test('I look at the twin through its lenses and open a body @phone', async ({ page }) => {
  await page.goto('/twin');
  await page.getByRole('button', { name: 'catalog', exact: true }).click({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'catalog' })).toContainText('p95 latency');
  await page.getByText('Mesh', { exact: true }).click();
  await expect(page.getByRole('group', { name: 'Mesh', exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByText('OS', { exact: true }).click();
  await expect(page.getByRole('figure', { name: 'CPU by node' })).toBeVisible();
});
