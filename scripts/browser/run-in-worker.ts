/**
 * Runs a function of ours in a module worker of Debian's Chromium: the module is bundled by esbuild, handed over
 * as a blob and answers with one message. No server and no framework stand in between, so what differs from
 * Node is the browser alone.
 */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { chromiumLaunch } from '../setup/chromium-launch.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The text of a module worker that answers each message with `run(message)` of `entry` (a path from the root). */
async function workerText(entry: string): Promise<string> {
  const contents = `import { run } from './${entry}'; self.onmessage = ({ data }) => { try { self.postMessage({ value: run(data) }); } catch (error) { self.postMessage({ failure: String(error?.stack ?? error) }); } };`;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, alias: { '@': root }, bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2023' });
  return outputFiles[0]!.text;
}

export type WorkerRunner = { run(entry: string, argument: unknown): Promise<unknown>; close(): Promise<void> };

/** One Chromium for any number of runs, each in a fresh worker; an entry is bundled once. Its values cross as structured clones. */
export async function openWorkerRunner(): Promise<WorkerRunner> {
  const browser = await chromium.launch(chromiumLaunch);
  const page = await browser.newPage();
  const texts = new Map<string, Promise<string>>();
  const textOf = (entry: string) => texts.get(entry) ?? texts.set(entry, workerText(entry)).get(entry)!;
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('http://localhost/'); // a page with an origin: about:blank may not load workers from blobs
  return {
    async run(entry, argument) {
      const answer = await page.evaluate(answerOfWorker, { text: await textOf(entry), argument });
      if (answer.failure !== undefined) throw new Error(`in the worker: ${answer.failure}`);
      return answer.value;
    },
    close: () => browser.close(),
  };
}

function answerOfWorker({ text, argument }: { text: string; argument: unknown }): Promise<{ value?: unknown; failure?: string }> {
  return new Promise((resolve) => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    worker.onmessage = ({ data }) => (worker.terminate(), resolve(data));
    worker.onerror = (event) => resolve({ failure: event.message || 'it could not be loaded' });
    worker.postMessage(argument);
  });
}
