/**
 * `npm run budgets [-- --json]`: what a newcomer waits for, measured on a production build in Chromium.
 * It prints and never fails: a budget that is missed is there to be read.
 */
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from '@playwright/test';
import { calibrate } from '@/engine/twin';
import { importFiles } from '@/workers/import/import-files';
import { encodeParquet } from '@/workers/import/parquet';
import { readRecording } from '@/workers/import/read-recording';
import { columnsBuilder, appendRow, builtColumns, canonicalLabels } from '@/engine/telemetry';
import { chromiumLaunch } from './setup/chromium-launch.mjs';
import { runningWorkbench } from './setup/running-workbench';

type Budget = { readonly what: string; readonly measured: number; readonly limit: number; readonly unit: string };

const PORT = 3_198;
const RUNS = 3;
const median = (values: readonly number[]) => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)]!;

async function newcomer(browser: Browser, url: string) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  let scriptBytes = 0;
  const sizes: Promise<void>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || response.request().frame() === null) return;
    sizes.push(response.body().then((body) => void (scriptBytes += gzipSync(body).length), () => undefined));
  });
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  const chip = page.getByRole('button', { name: 'Double the traffic', exact: true });
  await chip.click({ trial: true }); // waits until it is there and can be clicked
  const running = performance.now() - started;
  await Promise.all(sizes);
  const beforeInteraction = scriptBytes;
  const asked = performance.now();
  await chip.click();
  await page.getByTestId('answer').getByText('paired runs)').waitFor();
  const answered = performance.now() - asked;
  await page.context().close();
  return { kilobytes: beforeInteraction / 1_024, running, answered };
}

/** The shipped recording again and again, until its Parquet file has ten megabytes. */
async function tenMegabytes() {
  const read = await readRecording('fixtures/recordings/calm-day');
  if (!read.ok) throw new Error('the shipped recording could not be read');
  const { manifest, series } = read.value;
  let size = 0;
  for (let times = 16; ; times = Math.ceil((times * 10.05e6) / size)) {
    const builder = columnsBuilder();
    for (let copy = 0; copy < times; copy += 1)
      for (const each of series.series) {
        const labels = canonicalLabels(each.labels);
        for (let i = 0; i < each.atUs.length; i += 1) appendRow(builder, each.atUs[i]! + copy * (manifest.seconds + 1) * 1e6, each.signal, labels, each.values[i]! + (manifest.signals.find((s) => each.signal.startsWith(s.name))?.kind === 'gauge' ? 0 : copy));
      }
    const bytes = await encodeParquet(builtColumns(builder));
    size = bytes.length;
    if (size >= 10e6) return { bytes, manifest: { ...manifest, rows: builder.rows, seconds: manifest.seconds * times } };
  }
}

async function importing(): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const { bytes, manifest } = await tenMegabytes();
  const started = performance.now();
  const imported = await importFiles([{ name: 'recording.json', bytes: new TextEncoder().encode(JSON.stringify(manifest)) }, { name: 'telemetry.parquet', bytes }]);
  if (!imported.ok) throw new Error(JSON.stringify(imported.error.slice(0, 3)));
  const fitted = calibrate({ frames: imported.value.frames, hints: manifest.system, faults: [] });
  if (!fitted.ok) throw new Error(fitted.error.message);
  return { seconds: (performance.now() - started) / 1_000, megabytes: bytes.length / 1e6 };
}

const workbench = await runningWorkbench(PORT);
const browser = await chromium.launch(chromiumLaunch);
try {
  await newcomer(browser, workbench.url); // the server's own first request
  const visits = [];
  for (let i = 0; i < RUNS; i += 1) visits.push(await newcomer(browser, workbench.url));
  const file = await importing();
  const budgets: Budget[] = [
    { what: 'JavaScript before first interaction, gzip', measured: median(visits.map((v) => v.kilobytes)), limit: 250, unit: 'KB' },
    { what: 'running demo, from navigation to usable chips', measured: median(visits.map((v) => v.running)) / 1_000, limit: 2, unit: 's' },
    { what: 'first what-if answer, from click to sentence', measured: median(visits.map((v) => v.answered)) / 1_000, limit: 1, unit: 's' },
    { what: `${file.megabytes.toFixed(1)} MB recording imported and calibrated (Node)`, measured: file.seconds, limit: 5, unit: 's' },
  ];
  if (process.argv.includes('--json')) console.log(JSON.stringify(budgets));
  else for (const { what, measured, limit, unit } of budgets) console.log(`${measured <= limit ? 'inside ' : 'OUTSIDE'}  ${measured.toFixed(2).padStart(8)} of ${limit} ${unit}  ${what}`);
} finally {
  await browser.close();
  await workbench.stop();
}
