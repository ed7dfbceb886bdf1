import { expect, test, type Page } from '@playwright/test';

/** Four roofs with places: the far one hangs on the mill alone. */
const ROOFS = {
  nodes: [
    { node_id: 'a', hostname: 'hall', is_online: true, is_gateway: true, location: { latitude: 48.4012, longitude: 9.9871 } },
    { node_id: 'b', hostname: 'mill', is_online: true, location: { latitude: 48.4051, longitude: 9.9923 } },
    { node_id: 'c', hostname: 'far', is_online: true, location: { latitude: 48.4087, longitude: 10.0011 } },
    { node_id: 'd', hostname: 'shop', is_online: true, location: { latitude: 48.3987, longitude: 9.9954 } },
  ],
  links: [
    { source: 'a', target: 'b', source_tq: 0.95, target_tq: 0.9 },
    { source: 'b', target: 'c', source_tq: 0.9, target_tq: 0.9 },
    { source: 'a', target: 'd', source_tq: 0.9, target_tq: 0.9 },
  ],
};

async function openRoofs(page: Page) {
  await page.goto('/twin?lens=mesh');
  const drop = page.locator('input[type=file]');
  await drop.setInputFiles({ name: 'roofs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(ROOFS)) });
  await expect(page.getByRole('region', { name: 'What I understood' })).toContainText('A mesh (meshviewer): 4 routers, 3 links, 1 gateways');
  await page.getByRole('button', { name: 'Run this mesh' }).click();
  await expect(page.getByRole('heading', { name: 'The mesh of roofs' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Mesh', exact: true })).toBeVisible({ timeout: 30_000 });
}

test('a mesh operator drops a map, kills a router, and sees who lost the gateway', async ({ page }) => {
  await openRoofs(page);
  await expect(page.getByText('All 3 routers reach a gateway')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Critical: hall (cuts off 3), mill (cuts off 1).')).toBeVisible();
  await page.getByRole('button', { name: /^mill, router/ }).click();
  await page.getByText('Blast radius', { exact: true }).click();
  await expect(page.getByRole('button', { name: /^far, router: .*in this failure: cut off/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Originators of mill' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Kill router mill' }).click();
  await expect(page.getByText(/Kill router mill: .*paired runs/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Outages' }).getByText('far')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/1 of 3 routers reach a gateway; mill, far do not/)).toBeVisible();
});

test('the map is a table too, is walked with the keyboard, and refuses what is no mesh @phone', async ({ page }) => {
  await page.goto('/twin?lens=mesh');
  await expect(page.getByRole('group', { name: 'Mesh', exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^uplink, router/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: /^gate-a, router/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Originators of gate-a' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('figure', { name: /^Mesh, second/ }).getByRole('button', { name: 'View as table' }).click();
  await expect(page.getByRole('table', { name: /^Mesh, second/ })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'cat.txt', mimeType: 'text/plain', buffer: Buffer.from('not a mesh') });
  await expect(page.getByRole('list', { name: 'Why this was not opened' })).toContainText('none of the known descriptions of a mesh');
});

test('an identity server that stops is answered before it is done, and its SVIDs are seen running out @phone', async ({ page }) => {
  await page.goto('/twin?lens=identity');
  await page.getByRole('button', { name: 'Run two kiosks with mutual TLS' }).click({ timeout: 30_000 });
  await expect(page.getByText('All 6 workloads hold a valid SVID; 1 of 1 identity servers answer.')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('img', { name: 'Timeline of SVIDs' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop identity server spire' }).click();
  await expect(page.getByText('0 of 1 identity servers answer')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Workloads' }).getByText('spiffe://kiosks.example/ns/default/sa/ledger').first()).toBeVisible();
});

test('a map dropped on the first page is understood as a mesh', async ({ page }) => {
  await page.goto('/');
  await page.locator('input[type=file]').first().setInputFiles({ name: 'roofs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(ROOFS)) });
  await expect(page.getByRole('region', { name: 'What I understood' })).toContainText('A mesh (meshviewer): 4 routers', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Run this mesh' }).click();
  await expect(page).toHaveURL(/world=mesh-roofs/);
});

async function saved(page: Page, button: RegExp): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 40_000 }), page.getByRole('button', { name: button }).click({ timeout: 30_000 })]);
  const stream = await file.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('a mesh is taken along as NetJSON and as laboratory recordings, of a fresh start and of the seconds seen', async ({ page }) => {
  await page.goto('/twin?lens=mesh');
  expect(JSON.parse((await saved(page, /^NetJSON/)).toString())).toMatchObject({ type: 'NetworkGraph', protocol: 'batman-adv' });
  for (const button of [/^Recording of 300 s/, /^Recording of the seconds seen/]) {
    const lines = (await saved(page, button)).toString().trim().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ k: 'meta', format: 'meshlab/1' });
    expect(lines.length).toBeGreaterThan(1_000);
    expect(JSON.parse(lines[1]!)).toMatchObject({ k: 'orig' });
  }
});

test('the originator table is that of the second under the cursor, and two moments are laid side by side', async ({ page }) => {
  await page.goto('/twin?lens=mesh&in=router:roof-north&t=100');
  await expect(page.getByText('batctl o, as it was (second 100)')).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  await page.getByRole('button', { name: 'Play back' }).click();
  await expect(page.getByRole('columnheader', { name: 'TQ at 100 s' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: /^Second 100 against/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Changed links' })).toBeVisible();
});

test('the seconds seen are saved as a film', async ({ page }) => {
  await page.goto('/twin?lens=mesh');
  await expect(page.getByRole('group', { name: 'Mesh', exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByText('60×', { exact: true }).click();
  const film = await saved(page, /^Save as film/);
  expect(film.subarray(0, 4).toString('hex')).toBe('1a45dfa3'); // EBML, as WebM begins
  expect(film.length).toBeGreaterThan(10_000);
});

test('an operator builds a router that no plan names, sees it join, and takes it away again', async ({ page }) => {
  await openRoofs(page);
  const form = page.getByRole('form', { name: 'A new router' });
  await form.getByLabel('Heard by', { exact: true }).selectOption('far');
  await form.getByLabel('Heard by', { exact: true }).selectOption('shop');
  await form.getByRole('button', { name: 'Add this router' }).click();
  await expect(page.getByText(/Add router new-1, heard by far, shop: .*paired runs/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('All 4 routers reach a gateway')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('Critical: hall (cuts off 4).')).toBeVisible();
  await page.getByRole('button', { name: /^new-1, router/ }).click();
  await expect(page.getByRole('table', { name: 'Originators of new-1' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Take router new-1 away' }).click();
  await expect(page.getByRole('button', { name: /^new-1, router: planned/ })).toBeVisible({ timeout: 30_000 });
});

test('the identity lens shows the wave after an outage and what handshakes cost', async ({ page }) => {
  await page.goto('/twin?lens=identity');
  await page.getByRole('button', { name: 'Run two kiosks with mutual TLS' }).click({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Renewals after an outage' })).toBeVisible({ timeout: 40_000 });
  const costs = page.getByRole('table', { name: 'Costs of handshakes' });
  await expect(costs.getByRole('row').filter({ hasText: 'ecdsa-p256 (in use)' })).toBeVisible();
  await expect(costs.getByRole('row').filter({ hasText: 'post-quantum' })).toHaveCount(3);
  await page.getByRole('img', { name: 'Timeline of SVIDs' }).click({ position: { x: 230, y: 20 } });
  const second = async () => Number(/second (\d+)/.exec(await page.getByText(/^trust domain kiosks.example, second/).innerText())?.[1]);
  await expect.poll(second, { timeout: 20_000 }).toBeLessThan(140);
});

test('a mesh is opened from the Data page', async ({ page }) => {
  await page.goto('/data');
  const panel = page.getByRole('region', { name: 'Your mesh' });
  await panel.locator('input[type=file]').setInputFiles({ name: 'roofs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(ROOFS)) });
  await expect(panel.getByRole('region', { name: 'The mesh I understood' })).toContainText('4 routers', { timeout: 20_000 });
  await panel.getByRole('button', { name: 'Run this mesh' }).click();
  await expect(page.getByRole('heading', { name: 'The mesh of roofs' })).toBeVisible({ timeout: 30_000 });
});

test('a large mesh without places is read by zooming: by button, by key, back to all; a file that was cut off says where @phone', async ({ page }) => {
  const wide = 14;
  const name = (i: number) => `roof-${i}`;
  const links = Array.from({ length: wide * wide }, (_, i) => [...((i + 1) % wide === 0 ? [] : [{ source: name(i), target: name(i + 1) }]), ...(i + wide < wide * wide ? [{ source: name(i), target: name(i + wide) }] : [])]).flat();
  const text = JSON.stringify({ links });
  await page.goto('/twin?lens=mesh');
  const drop = page.locator('input[type=file]');
  await drop.setInputFiles({ name: 'cut.json', mimeType: 'application/json', buffer: Buffer.from(text.slice(0, 900)) });
  await expect(page.getByRole('list', { name: 'Why this was not opened' })).toContainText('this JSON breaks off at line 1, column');
  await drop.setInputFiles({ name: 'grid.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Run this mesh' }).click();
  await expect(page.getByRole('heading', { name: 'The mesh of grid' })).toBeVisible({ timeout: 30_000 });
  const map = page.getByRole('group', { name: 'Mesh', exact: true });
  await expect(map).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('no positions are known: laid out by its links')).toBeVisible();
  const middle = map.getByRole('button', { name: /^roof-90, router/ });
  const places = async () => (await middle.getAttribute('transform'))!;
  const before = await places();
  await page.getByRole('button', { name: 'Nearer' }).click();
  await expect.poll(places).not.toBe(before);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect.poll(places).toBe(before);
  await middle.focus();
  await page.keyboard.press('+');
  await expect.poll(places).not.toBe(before);
  await page.keyboard.press('0');
  await expect.poll(places).toBe(before);
  await expect(page.getByRole('button', { name: 'Further' })).toBeDisabled();
});
