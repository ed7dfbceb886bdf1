/** `npm run screenshots [-- --out DIR] [--url URL]`: every page at 1440 and 390 wide, light and dark, settled. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from './setup/chromium-launch.mjs';
import { runningWorkbench } from './setup/running-workbench';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'screenshots' }, url: { type: 'string' } } });
const PAGES = ['', 'twin', 'scenarios', 'compare', 'replay', 'forecast', 'plans', 'audit', 'data', 'connectors', 'reports', 'settings', 'learn'];
const SETTLE_MS = 5_000;
const PORT = 3_199;

const workbench = values.url === undefined ? await runningWorkbench(PORT) : { url: values.url, stop: async () => undefined };
const browser = await chromium.launch(chromiumLaunch);
try {
  mkdirSync(values.out, { recursive: true });
  for (const width of [1440, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme });
      const page = await context.newPage();
      for (const place of PAGES) {
        const name = `${place || 'now'}-${width}-${colorScheme}.png`;
        await page.goto(`${workbench.url}/${place}`);
        await page.waitForTimeout(SETTLE_MS);
        await page.screenshot({ path: join(values.out, name) });
        console.log(name);
      }
      await context.close();
    }
} finally {
  await browser.close();
  await workbench.stop();
}
