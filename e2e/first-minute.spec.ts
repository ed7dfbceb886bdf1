/** The first minute of somebody who has never seen Orrery: look, ask, take back, compare, share, try one's own. */
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';

const recording = (file: string) => fileURLToPath(new URL(`../fixtures/recordings/calm-day/${file}`, import.meta.url));
const answerOf = (page: Page) => page.getByRole('region', { name: 'Answer' }).getByTestId('answer');
const chip = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function arrive(page: Page, address = '/') {
  await page.goto(address);
  await expect(chip(page, 'Kill a node')).toBeEnabled({ timeout: 30_000 });
}

async function ask(page: Page, name: string): Promise<string> {
  await chip(page, name).click();
  await expect(answerOf(page)).toContainText('paired runs)', { timeout: 30_000 });
  return answerOf(page).innerText();
}

test('I open it and a world is running: no login, no dialog, and it says that nothing can be harmed @phone', async ({ page }) => {
  await arrive(page);
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('SIM');
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('demo world');
  await expect(page.getByText('This is a simulation. Nothing here can touch a real system.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const clock = page.getByLabel('Time cursor reading');
  const first = await clock.innerText();
  await expect(clock).not.toHaveText(first);
});

test('every place is a link with its name', async ({ page }) => {
  await arrive(page);
  const places = page.getByRole('navigation', { name: 'Places' });
  for (const name of ['Now', 'Twin', 'Scenarios', 'Compare', 'Replay', 'Forecast', 'Plans', 'Audit', 'Data', 'Connectors', 'Reports', 'Settings', 'Learn']) {
    await expect(places.getByRole('link', { name, exact: true })).toBeVisible();
  }
});

test('I kill a node with one click: the answer has numbers, pods move, the mesh reroutes, and I can undo @phone', async ({ page }) => {
  await arrive(page);
  const answer = await ask(page, 'Kill a node');
  expect(answer).toMatch(/^Kill node-\w+: .*p99 [\d.]+ m?s → [\d.]+ m?s/);
  expect(answer).toMatch(/\d+ replicas? moved/);
  expect(answer).toMatch(/\d+ mesh routers? rerouted/);
  const victim = /^Kill (node-\w+)/.exec(answer)![1]!;
  await expect(page.getByRole('button', { name: new RegExp(`^${victim}, node: down`) })).toBeVisible();
  await chip(page, 'Undo').click();
  await expect(page.getByRole('button', { name: new RegExp(`^${victim}, node: [\\d.]+ cores`) })).toBeVisible();
  await expect(chip(page, 'Undo')).toHaveCount(0);
});

test('the line keeps running inside the picture of the prediction, and the baseline stays as a ghost', async ({ page }) => {
  await arrive(page);
  await ask(page, 'Double the traffic');
  const chart = page.getByRole('figure', { name: /^p99 latency seen by clients/ });
  await expect(chart.getByText('without the change')).toBeVisible();
  await expect(chart.getByText(/^with the change, \d+ runs$/)).toBeVisible();
  await chart.getByRole('button', { name: 'View as table' }).click();
  await expect(chart.getByRole('columnheader', { name: /^without the change/ })).toBeVisible();
  await expect(chart.getByRole('row').nth(5)).toBeVisible();
});

test('I halve the cost and see what it saves and what it risks', async ({ page }) => {
  await arrive(page);
  const answer = await ask(page, 'Halve the cost');
  const [, before, after] = /cost \$([\d.]+)\/h → \$([\d.]+)\/h/.exec(answer)!;
  expect(Number(after)).toBeLessThanOrEqual(Number(before) / 2 + 0.01);
  await chip(page, 'Compare').click();
  const table = page.getByRole('table', { name: 'Every figure without and with the change' });
  await expect(table.getByRole('row', { name: /^clients p99 latency/ })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: /^Δ/ })).toBeVisible();
});

test('every figure says why', async ({ page }) => {
  await arrive(page);
  await page.getByRole('button', { name: 'Why Cost' }).click();
  await expect(page.getByRole('group', { name: 'Why Cost' })).toContainText('SELECT usd_per_hour FROM frame');
  await page.keyboard.press('Escape');
  await expect(page.getByText('SELECT usd_per_hour')).toHaveCount(0);
});

test('the link I share gives the same answer to somebody else', async ({ page, browser }) => {
  await arrive(page);
  const answer = await ask(page, 'Kill a node');
  await expect.poll(() => new URL(page.url()).searchParams.get('do')).toMatch(/^\d+\*node-down\*node-\w+$/);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await expect(answerOf(other)).toHaveText(answer, { timeout: 30_000 });
  await elsewhere.close();
});

test('a link that was cut or made up says what it could not use', async ({ page }) => {
  await arrive(page, '/?do=200*node-down*no-such-node');
  await expect(page.getByText('this world has no node called “no-such-node”')).toBeVisible();
});

test('I walk the map with the keyboard and every body opens its inspector', async ({ page }) => {
  await arrive(page);
  const map = page.getByRole('group', { name: /^Orrery of/ });
  await map.getByRole('button', { name: /^frontend, service/ }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(map.getByRole('button', { name: /^node-\w+, node/ }).and(page.locator(':focus'))).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Route TQ')).toBeVisible();
  expect(new URL(page.url()).searchParams.get('in') ?? '').toMatch(/^$|^router\//);
  await page.keyboard.press('Escape');
  await expect(page.getByText('Route TQ')).toHaveCount(0);
});

test('I go anywhere with Ctrl K', async ({ page }) => {
  await arrive(page);
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a place or a command').fill('double');
  await page.keyboard.press('Enter');
  await expect(answerOf(page)).toContainText('Double the traffic:', { timeout: 30_000 });
});

test('I turn the time back and everything shows that second', async ({ page }) => {
  await arrive(page);
  await page.getByRole('slider', { name: 'Time cursor', exact: true }).focus();
  await page.keyboard.press('Home');
  const reading = page.getByLabel('Time cursor reading');
  const early = await reading.innerText();
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).not.toBeNull();
  await expect(page.getByRole('region', { name: 'Key figures' })).toContainText(`At ${early}`);
  await page.getByRole('button', { name: 'back to now' }).click();
  await expect(page.getByText('following now')).toBeVisible();
});

test('I drop my own recording, read what was understood, run it and get my first own answer', async ({ page }) => {
  await arrive(page);
  await page.getByLabel('Drop the recording here, or choose its files').setInputFiles([recording('recording.json'), recording('telemetry.parquet')]);
  const understood = page.getByRole('region', { name: 'What I understood' });
  await expect(understood).toContainText('rows kept', { timeout: 45_000 });
  await expect(understood).toContainText(/is off by [\d.]+ %/);
  await understood.getByRole('button', { name: 'Run this system' }).click();
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('twin of');
  await expect(chip(page, 'Double the traffic')).toBeEnabled({ timeout: 30_000 });
  expect(await ask(page, 'Double the traffic')).toMatch(/p99 [\d.]+ m?s → [\d.]+ m?s/);
  await chip(page, 'Back to the demo world').click();
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('demo world');
});

test('a file that is no recording is refused with a reason and a next step', async ({ page }) => {
  await arrive(page);
  await page.getByLabel('Drop the recording here, or choose its files').setInputFiles({ name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"beach": true') });
  await expect(page.getByRole('list', { name: 'Why this was not opened' }).getByRole('listitem').first()).toBeVisible({ timeout: 30_000 });
});

test('dark stays dark after a reload', async ({ page }) => {
  await arrive(page);
  await page.getByRole('group', { name: 'Theme' }).getByText('Dark').click();
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('nothing is asked of any other origin', async ({ page }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).host) foreign.push(request.url());
  });
  await arrive(page);
  await ask(page, 'Kill a node');
  expect(foreign).toEqual([]);
});

test('on a phone nothing runs over the edge @phone-only', async ({ page }) => {
  await arrive(page);
  await ask(page, 'Kill a node');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Twin', exact: true })).toBeVisible();
});
