/**
 * Starts the loop's thread: without environment variables, so that no credential can reach it. Inside Next
 * the thread's file was bundled with the server; elsewhere (tests, scripts) it runs from its source.
 */
import { wrap, type Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import { Worker } from 'node:worker_threads';
import type { LoopApi } from './loop-api';

export type LoopThread = { readonly api: Remote<LoopApi>; stop(): Promise<void>; readonly failed: Promise<Error> };

const FROM_SOURCE = (url: string) => `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`;

export function openLoop(): LoopThread {
  const worker =
    process.env.NEXT_RUNTIME === undefined
      ? new Worker(FROM_SOURCE(import.meta.resolve('./loop.node.ts')), { eval: true, env: {} })
      : new Worker(new URL('./loop.node.ts', import.meta.url), { env: {} });
  const failed = new Promise<Error>((resolve) => worker.once('error', resolve));
  return { api: wrap<LoopApi>(nodeEndpoint(worker)), failed, stop: async () => void (await worker.terminate()) };
}
