/**
 * `npm run frames [-- --url http://… --size 20000 --renderer best|2d|webgl2 --seconds 8 --playing]`: how smooth the picture
 * of a whole cluster is, and how soon a filter shows. Prints one JSON object; it measures and never fails for a time.
 *
 * A frame is measured by animation-frame deltas with the display's rate limit off: from the begin of a frame in which the
 * picture was drawn to the begin of the next one, so layout, painting and the raster threads' back-pressure are in it.
 * `drawMs` is the part of it that is the page's own drawing code. Input is real (mouse drags and wheel through DevTools).
 * A filter is measured from the keystroke's event to the begin of the frame after the one that drew its result.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from './setup/chromium-launch.mjs';
import { runningWorkbench } from './setup/running-workbench';

declare global {
  interface Window {
    /** Of setup/frame-probe.js. */
    frameProbe: { start(): void; stop(): { readonly frames: readonly number[]; readonly draws: readonly number[] }; nextDrawn(): Promise<number> };
  }
}

const PORT = 3_197;
const OPEN_MS = 180_000;
const FILTERS = ['checkout', 'zone:a', 'zone:a cpu>40', 'state:pending', 'search-api', 'requested>90 pool:compute', '-zone:b pods>2', 'general-1', 'workload:cart-api state:running', 'l'];
const FILTER_ROUNDS = 4;

const { values: options } = parseArgs({ options: { url: { type: 'string' }, size: { type: 'string', default: '20000' }, renderer: { type: 'string', default: 'best' }, seconds: { type: 'string', default: '8' }, width: { type: 'string', default: '1440' }, height: { type: 'string', default: '900' }, playing: { type: 'boolean', default: false } } });

const quantile = (sorted: readonly number[], q: number) => sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
const inOrder = (values: readonly number[]) => [...values].sort((x, y) => x - y);
const rounded = (value: number) => Math.round(value * 100) / 100;

/** Drags in circles at every level of the zoom, from the whole cluster to a few nodes and back. */
async function moveAbout(page: Page, seconds: number): Promise<void> {
  const box = (await page.getByTestId('cluster-room').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const radius = Math.min(box.width, box.height) / 3;
  const until = Date.now() + seconds * 1_000;
  for (let round = 0; Date.now() < until; round += 1) {
    await page.mouse.move(x + radius, y);
    await page.mouse.down();
    for (let step = 1; step <= 40 && Date.now() < until; step += 1) await page.mouse.move(x + radius * Math.cos(step / 6), y + radius * Math.sin(step / 6));
    await page.mouse.up();
    for (let step = 0; step < 8 && Date.now() < until; step += 1) await page.mouse.wheel(0, round % 10 < 5 ? -120 : 120);
  }
}

async function filterTimes(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < FILTER_ROUNDS; round += 1)
    for (const text of FILTERS)
      times.push(
        await page.evaluate(async (typed) => {
          const field = document.querySelector<HTMLInputElement>('input[type=search]')!;
          const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
          const began = performance.now();
          setValue.call(field, typed);
          field.dispatchEvent(new Event('input', { bubbles: true }));
          return (await window.frameProbe.nextDrawn()) - began;
        }, text),
      );
  return times;
}

async function measure(base: string) {
  const browser = await chromium.launch({ ...chromiumLaunch, args: [...chromiumLaunch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'] });
  try {
    const page = await browser.newPage({ viewport: { width: Number(options.width), height: Number(options.height) } });
    await page.addInitScript({ path: fileURLToPath(new URL('setup/frame-probe.js', import.meta.url)) });
    await page.goto(`${base}/twin/cluster?size=${options.size}${options.renderer === 'best' ? '' : `&renderer=${options.renderer}`}`, { timeout: OPEN_MS });
    const room = page.getByTestId('cluster-room');
    await room.waitFor({ timeout: OPEN_MS });
    if (!options.playing) await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForTimeout(2_000);
    await page.evaluate(() => window.frameProbe.start());
    await moveAbout(page, Number(options.seconds));
    const { frames, draws } = await page.evaluate(() => window.frameProbe.stop());
    const filters = inOrder(await filterTimes(page));
    const [frameMs, drawMs] = [inOrder(frames), inOrder(draws)];
    const counted = await page.getByTestId('cluster-headline').locator('strong').allInnerTexts();
    return {
      nodes: counted[0]?.replace(/\D/g, '') === undefined ? null : Number(counted[0].replace(/\D/g, '')),
      pods: counted[1]?.replace(/\D/g, '') === undefined ? null : Number(counted[1].replace(/\D/g, '')),
      frames: frameMs.length,
      frameMsP50: rounded(quantile(frameMs, 0.5)),
      frameMsP95: rounded(quantile(frameMs, 0.95)),
      frameMsP99: rounded(quantile(frameMs, 0.99)),
      drawMsP95: rounded(quantile(drawMs, 0.95)),
      filters: filters.length,
      filterMsP50: rounded(quantile(filters, 0.5)),
      filterMsP95: rounded(quantile(filters, 0.95)),
      renderer: await room.getAttribute('data-renderer'),
      playing: options.playing,
      room: await room.boundingBox().then((box) => (box === null ? null : `${Math.round(box.width)}x${Math.round(box.height)}`)),
      browser: browser.version(),
      measuredBy: 'animation-frame deltas of drawn frames, rate limit off',
    };
  } finally {
    await browser.close();
  }
}

const workbench = options.url === undefined ? await runningWorkbench(PORT) : null;
try {
  console.log(JSON.stringify(await measure(workbench?.url ?? options.url!)));
} finally {
  await workbench?.stop();
}
