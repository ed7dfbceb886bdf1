/** An operator brings a cluster: drops an export, reads what was understood, asks about a pod, runs it. */
import { expect, test } from '@playwright/test';

const EXPORT = 'fixtures/clusters/shop-eks.json';

test('I drop an export of my cluster, read the fit card, and run it @phone', async ({ page }) => {
  await page.goto('/data');
  await page.getByLabel(/Drop what describes your cluster/).setInputFiles(EXPORT);
  const understood = page.getByRole('region', { name: 'What I understood' });
  await expect(understood).toContainText('3 nodes, 11 workloads with 25 pods', { timeout: 60_000 });
  await expect(understood).toContainText('21 secret values dropped');
  await expect(page.getByRole('figure', { name: /^Objects: 79 read, 69 understood/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Not modelled' })).toContainText('CronJob');
  await expect(page.getByRole('table', { name: 'Assumed' })).toContainText('requests per second');
  await page.getByRole('button', { name: 'Open as a scenario' }).click();
  await expect(page.getByText('The cluster of shop-eks').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/req\/s on 3 of 3 nodes/)).toBeVisible({ timeout: 60_000 });
});

test('I ask why a pod waits, and what would help it', async ({ page }) => {
  await page.goto('/data');
  await page.getByLabel(/Drop what describes your cluster/).setInputFiles(EXPORT);
  const why = page.getByRole('region', { name: 'Why is this pod here?' });
  await why.getByRole('combobox').selectOption({ index: 1 }, { timeout: 60_000 });
  await expect(why).toContainText('waits for a node, and the scheduler finds none for it', { timeout: 60_000 });
  await expect(why.getByRole('table')).toContainText('asking for 20m CPU less');
  await expect(why.getByRole('table')).toContainText('TaintToleration');
});

test('I am told when a file is nothing the twin knows', async ({ page }) => {
  await page.goto('/data');
  await page.getByLabel(/Drop what describes your cluster/).setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing here: {{ yet }}') });
  await expect(page.getByText('There is nothing to run')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Other files' }).click();
  await expect(page.getByLabel(/Drop what describes your cluster/)).toBeAttached();
});

test('I drop my cluster where the demo is, and it becomes the world', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel(/Drop the recording here/).setInputFiles(EXPORT);
  const understood = page.getByRole('region', { name: 'What I understood' });
  await expect(understood).toContainText('3 nodes, 11 workloads with 25 pods', { timeout: 60_000 });
  await understood.getByRole('button', { name: 'Run this cluster' }).click();
  await expect(page.getByText('The cluster of shop-eks').first()).toBeVisible({ timeout: 60_000 });
});
