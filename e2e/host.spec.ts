/** A host administrator asks what a limit does, in the browser. */
import { expect, test } from '@playwright/test';

test('I change a quota and see both futures: the percentiles, where the time went, and who was throttled @phone', async ({ page }) => {
  await page.goto('/twin/host');
  const answer = page.getByRole('region', { name: 'Change' });
  await expect(answer).toContainText(/api p95 .* ms → .* ms/, { timeout: 60_000 });
  await expect(page.getByRole('img', { name: /api, as it is: .*throttled by its quota \d/ })).toBeVisible();
  const before = await answer.innerText();
  await page.getByLabel('CPU time per 100 ms').fill('90');
  await expect(answer).toContainText('CPU quota of api to 90 of 100 ms', { timeout: 60_000 });
  expect(await answer.innerText()).not.toBe(before);
  await expect(page).toHaveURL(/change=set-quota\+api&amount=90/); // what I share is what I asked
  await expect(page.getByRole('figure', { name: 'CPU by group, changed' })).toBeVisible();
});

test('I learn that deleting open logs frees nothing, and that rotating with notice does', async ({ page }) => {
  await page.goto('/twin/host?host=disk');
  const events = page.getByRole('table', { name: 'Events of the host' });
  await expect(events).toContainText('0 MiB free: nothing: the files are open', { timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Change' }).selectOption({ label: 'rotate the log of api' });
  await expect(events).toContainText('its old log is deleted', { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'What is wrong at the end' })).toContainText('edge-4');
});

test('I cut the power and see who is down, for how long, and that the host boots', async ({ page }) => {
  await page.goto('/twin/host?host=neighbour');
  const answer = page.getByRole('region', { name: 'Change' });
  await expect(answer).toContainText(/api p95/, { timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Change' }).selectOption({ label: 'the power is cut' });
  await expect(answer).toContainText('The power is cut for 15 s', { timeout: 60_000 });
  await expect(answer).toContainText(/failed requests 0 → \d+/);
  await expect(page.getByRole('table', { name: 'Events of the host' })).toContainText('up again after 4.0 s');
});

test('I reach a host from the OS lens of the twin', async ({ page }) => {
  await page.goto('/twin?lens=os');
  await page.getByRole('link', { name: 'open a host' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A quota that fits on average');
  await expect(page.getByRole('region', { name: 'How close the host twin is to a real host' })).toContainText('CPU quota');
});

test('I see who starves under which scheduler, and whom another loop makes wait', async ({ page }) => {
  await page.goto('/twin/host');
  const study = page.getByRole('region', { name: 'Schedulers side by side' });
  const unaged = study.getByRole('listitem').filter({ hasText: 'priority, no ageing' });
  await expect(unaged).toContainText(/longest wait: index, 10.?000 ms/);
  const roundRobin = study.getByRole('listitem').filter({ hasText: 'round robin' });
  const before = await roundRobin.innerText();
  await study.getByLabel('Loops that never stop').fill('6');
  await expect(roundRobin).not.toHaveText(before);
  await study.getByRole('button', { name: 'View as table' }).click();
  await expect(study.getByRole('table')).toContainText('loop 5');
});
