/**
 * DuckDB-wasm in Node: the same `eh` wasm that the browser runs, in a worker thread that is made to look
 * like a browser worker. Tests and the command line use it, so what they measure is what the page runs.
 */
import { createRequire } from 'node:module';
import { Worker as NodeWorker } from 'node:worker_threads';
import type { DuckPorts } from './database';

const require = createRequire(import.meta.url);

/** DuckDB's script expects globalThis.onmessage and postMessage, as in a browser. */
const BOOT = `
const { parentPort, workerData } = require('node:worker_threads');
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
require(workerData);`;

export const nodeDuck: DuckPorts = {
  startWorker: () => new WorkerThread(),
  wasmUrl: require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'),
  extensionUrl: 'file:///nowhere',
};

/** The part of a browser's Worker that DuckDB uses. */
class WorkerThread extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  private readonly thread = new NodeWorker(BOOT, { eval: true, workerData: require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-eh.worker.cjs'), stdout: true, stderr: true });

  constructor() {
    super();
    this.thread.on('message', (data: unknown) => this.dispatchEvent(new MessageEvent('message', { data })));
    this.thread.on('error', (error) => this.dispatchEvent(Object.assign(new Event('error'), { message: error.message })));
    this.thread.on('exit', () => this.dispatchEvent(new Event('close')));
  }

  postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
    const list = Array.isArray(transfer) ? transfer : (transfer.transfer ?? []);
    this.thread.postMessage(message, list.filter((item): item is ArrayBuffer => item instanceof ArrayBuffer));
  }

  terminate(): void {
    void this.thread.terminate();
  }
}
