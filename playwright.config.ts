/**
 * Browser tests against a production build on a port and in a data folder of their own. One worker, because
 * the tests share one server and one fleet; no retries, because a test that passes the second time has failed.
 * Tests tagged @phone run at 390 px too; those tagged @phone-only run nowhere else.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './scripts/setup/chromium-launch.mjs';

const PORT = 3101;
const baseURL = `http://127.0.0.1:${PORT}`;
const data = fileURLToPath(new URL('.data/e2e', import.meta.url));
const isWorker = process.env.TEST_WORKER_INDEX !== undefined;
if (!isWorker) rmSync(data, { recursive: true, force: true });

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { baseURL, launchOptions: chromiumLaunch, trace: 'retain-on-failure' },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } }, grepInvert: /@phone-only/ },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, grep: /@phone/ },
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    url: `${baseURL}/api/health`,
    env: { PORT: String(PORT), ORRERY_DATA: data },
    reuseExistingServer: false,
    timeout: 90_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
