/** From a wish to a scored promise on the really running fleet, and every way in which that must not happen. */
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';

test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

const stateOf = (page: Page) => page.getByTestId('plan-state');

async function fleetIsWatched(page: Page) {
  await page.goto('/plans');
  // the server starts the fleet itself
  await expect(page.getByTestId('fleet-backend-replicas')).toBeVisible({ timeout: 120_000 });
  // a twin is fitted once there is a minute of it
  await expect(page.getByText('% off')).toBeVisible({ timeout: 180_000 });
}

async function propose(page: Page, replicas: number) {
  await page.goto('/plans');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill(String(replicas));
  await page.getByRole('button', { name: 'Propose', exact: true }).click();
  await page.waitForURL(/\/plans\/./, { timeout: 90_000 });
  await expect(stateOf(page)).toContainText('rehearsed', { timeout: 30_000 });
}

async function setMode(page: Page, mode: 'Read' | 'Dry-run' | 'Live') {
  await page.getByRole('group', { name: 'Mode of fleet' }).getByText(mode, { exact: true }).click();
  if (mode === 'Live' && (await page.getByRole('dialog').isVisible())) {
    await expect(page.getByRole('button', { name: 'Go live' })).toBeDisabled();
    await page.getByLabel('Type fleet to go on').fill('fleet');
    await page.getByRole('button', { name: 'Go live' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
}

async function fleetState(request: APIRequestContext): Promise<{ url: string; version: string; replicas: number }> {
  const answer = await request.get('/api/trpc/fleet.state');
  const { result } = (await answer.json()) as { result: { data: { status: { url: string }; state: { services: Record<string, { version: number | string; replicas: number }> } } } };
  const backend = result.data.state.services.backend!;
  return { url: result.data.status.url, version: String(backend.version), replicas: backend.replicas };
}

test('I write a plan, approve it, promote it to the running fleet, see the measured line, and the promise is scored; then I undo it', async ({ page, request }) => {
  await fleetIsWatched(page);
  const before = await fleetState(request);
  await propose(page, before.replicas + 1);
  await expect(page.getByRole('table', { name: 'Predicted and measured' }).getByRole('row', { name: /p95 latency of client/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Execute/ })).toHaveCount(0); // nothing to execute before an approval
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(stateOf(page)).toContainText('approved');
  await setMode(page, 'Read');
  await expect(page.getByRole('button', { name: 'Execute', exact: true })).toBeDisabled();
  await setMode(page, 'Dry-run');
  await page.getByRole('button', { name: 'Execute as a dry-run' }).click();
  await expect(page.getByText(/Dry-run: 1 step was recorded, nothing was sent/)).toBeVisible({ timeout: 20_000 });
  expect((await fleetState(request)).replicas).toBe(before.replicas);
  await setMode(page, 'Live');
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('LIVE');
  await expect(page.getByRole('button', { name: 'STOP' })).toBeVisible();
  await page.getByRole('button', { name: 'Execute on the running system' }).click();
  await expect(page.getByText(/live: applied/)).toBeVisible({ timeout: 30_000 });
  expect((await fleetState(request)).replicas).toBe(before.replicas + 1);
  await expect(page.getByRole('figure', { name: /measured, and as promised/ })).toBeVisible();
  const latency = page.getByRole('row', { name: /p95 latency of client/ });
  await expect(latency).toContainText(/inside|outside/, { timeout: 120_000 });
  await expect(stateOf(page)).toContainText(/done|aborted/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(stateOf(page)).toContainText('undone', { timeout: 60_000 });
  expect((await fleetState(request)).replicas).toBe(before.replicas);
  await page.goto('/plans');
  await expect(page.getByRole('table', { name: 'Promises and what was measured' })).toBeVisible();
});

test('I reject a plan and say why', async ({ page, request }) => {
  await fleetIsWatched(page);
  await propose(page, (await fleetState(request)).replicas + 1);
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await page.getByLabel('Why not').fill('not during opening hours');
  await page.getByRole('button', { name: 'Reject it' }).click();
  await expect(stateOf(page)).toContainText('rejected');
  await expect(page.getByText('not during opening hours').first()).toBeVisible();
});

test('a plan whose target changed after the approval is refused and says what changed', async ({ page, request }) => {
  await fleetIsWatched(page);
  const before = await fleetState(request);
  await propose(page, before.replicas + 1);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(stateOf(page)).toContainText('approved');
  const elsewhere = await request.put(`${before.url}/services/backend/quota`, { headers: { 'If-Match': before.version }, data: { quotaMillicores: 600 } });
  expect(elsewhere.ok(), await elsewhere.text()).toBe(true);
  await setMode(page, 'Live');
  await page.getByRole('button', { name: 'Execute on the running system' }).click();
  await expect(stateOf(page)).toContainText('stale', { timeout: 30_000 });
  await expect(page.getByText('The target changed after this plan was made')).toBeVisible();
  await expect(page.getByRole('list', { name: 'What changed' })).toContainText('service/backend');
  expect((await fleetState(request)).replicas).toBe(before.replicas);
  await page.getByRole('button', { name: 'Rehearse again' }).click();
  await expect(stateOf(page)).toContainText('rehearsed', { timeout: 60_000 });
});

test('nothing promotes a plan that nobody approved', async ({ page, request, baseURL }) => {
  await fleetIsWatched(page);
  const before = await fleetState(request);
  await propose(page, before.replicas + 1);
  await expect(page.getByRole('button', { name: /^Execute/ })).toHaveCount(0);
  const id = /\/plans\/(.+)$/.exec(page.url())![1]!;
  const list = await request.get(`/api/trpc/plans.get?input=${encodeURIComponent(JSON.stringify({ id }))}`);
  const { planId } = ((await list.json()) as { result: { data: { planId: string } } }).result.data;
  const forced = await request.post('/api/trpc/plans.execute', { headers: { origin: baseURL! }, data: { id, planId } });
  expect(forced.ok()).toBe(false);
  const rest = await request.post(`/api/v1/plans/${id}/execute`, { headers: { origin: baseURL!, 'If-Match': planId }, data: {} });
  expect(rest.ok()).toBe(false);
  expect((await fleetState(request)).replicas).toBe(before.replicas);
});

test('the audit log verifies, and says who did what', async ({ page }) => {
  await page.goto('/audit');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByText(/leaves verify/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Audit log, newest first' })).toContainText('plan-moved');
});
