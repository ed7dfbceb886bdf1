/** Somebody who runs a large cluster looks at all of it at once, in the browser. */
import { expect, test } from '@playwright/test';

const OPEN = { timeout: 60_000 };

test('I see a whole cluster, find what I look for, fly there and read what it is @phone', async ({ page }) => {
  await page.goto('/twin/cluster?size=500');
  const picture = page.getByRole('application', { name: 'Picture of cluster of 500 nodes' });
  await expect(picture).toBeVisible(OPEN);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByTestId('cluster-headline')).toContainText(/nodes in 3 zones run .* pods/);
  const search = page.getByRole('searchbox', { name: 'Find nodes and pods' });
  await search.fill('node:general-17');
  await expect(page.getByRole('status', { name: 'Matches' })).toHaveText('1 node');
  await search.press('Enter');
  const chosen = page.getByRole('complementary', { name: 'Chosen' });
  await expect(chosen.getByRole('heading', { name: 'general-17' })).toBeVisible();
  await expect(chosen).toContainText(/CPU requested.* of .* cores/);
  await expect(page).toHaveURL(/in=node%3Ageneral-17/);
});

test('I search for a workload, narrow it to its pods, and open one of them', async ({ page }) => {
  await page.goto('/twin/cluster?size=500');
  await expect(page.getByTestId('cluster-room')).toBeVisible(OPEN);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('searchbox').fill('search zone:a');
  const chosen = page.getByRole('complementary', { name: 'Chosen' });
  await chosen.getByRole('button', { name: /^search-api workload, / }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('workload:search-api');
  await chosen.getByRole('button', { name: /^search-api-\w+ running/ }).first().click();
  await expect(chosen.getByRole('heading', { name: /^search-api-/ })).toBeVisible();
  await expect(chosen.locator('dl')).toContainText('Phaserunning');
});

test('what the search does not understand it says, and finds the rest', async ({ page }) => {
  await page.goto('/twin/cluster?size=500&q=colour:red+zone:a');
  await expect(page.getByText('There is no colour.')).toBeVisible(OPEN);
  await expect(page.getByRole('status', { name: 'Matches' })).toContainText('nodes');
});

test('with the keyboard alone I go from node to node and open one', async ({ page }) => {
  await page.goto('/twin/cluster?size=500');
  const picture = page.getByRole('application');
  await expect(picture).toBeVisible(OPEN);
  await page.getByRole('button', { name: 'Pause' }).click();
  await picture.focus();
  await picture.press('ArrowRight');
  await expect(page.getByText(/^compute-0, zone a, pool compute, ready/)).toBeAttached();
  await picture.press('ArrowRight');
  await expect(page.getByText(/^compute-3, zone a, pool compute, ready/)).toBeAttached();
  await picture.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Chosen' }).getByRole('heading', { name: 'compute-3' })).toBeVisible();
});

test('the same is a table: sorted by what is requested, a row opens its node @phone', async ({ page }) => {
  await page.goto('/twin/cluster?size=500&as=nodes');
  const table = page.getByRole('table', { name: 'Nodes of the cluster' });
  await expect(table).toBeVisible(OPEN);
  await page.getByRole('button', { name: 'Pause' }).click();
  await table.getByRole('button', { name: /^CPU requested/ }).click();
  await table.getByRole('button', { name: /^CPU requested/ }).click();
  const first = table.getByRole('row').nth(1);
  const name = await first.getByRole('cell').first().innerText();
  await first.click();
  await expect(page.getByRole('complementary', { name: 'Chosen' }).getByRole('heading', { name })).toBeVisible();
});

test('I drain a node in the simulation, and it either empties or says why not', async ({ page }) => {
  await page.goto('/twin/cluster?size=500&in=node:general-17');
  const chosen = page.getByRole('complementary', { name: 'Chosen' });
  await expect(chosen.getByRole('heading', { name: 'general-17' })).toBeVisible(OPEN);
  await page.getByRole('button', { name: 'Pause' }).click();
  await chosen.getByRole('button', { name: 'Drain in the simulation' }).click();
  await expect(chosen).toContainText(/Statedraining|Refused: its pods find no other place/);
});

test('I come to the whole cluster from the twin', async ({ page }) => {
  await page.goto('/twin');
  await page.getByRole('link', { name: 'Whole cluster' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Whole cluster');
});

test('I drop an export of my own cluster and see its nodes and pods by their names', async ({ page }) => {
  await page.goto('/twin/cluster?size=500');
  await page.getByLabel('Drop cluster.json, or choose it').setInputFiles('fixtures/clusters/shop-eks.json', OPEN);
  const headline = page.getByTestId('cluster-headline');
  await expect(headline).toContainText('what is used is not measured', OPEN);
  await page.getByRole('searchbox').fill('state:running');
  await page.getByRole('complementary', { name: 'Chosen' }).getByRole('button', { name: /workload,/ }).first().click();
  await expect(page.getByRole('status', { name: 'Matches' })).toContainText('pod');
  await page.getByRole('button', { name: 'Back to the made-up cluster' }).click();
  await expect(headline).toContainText('3 zones', OPEN);
});
