/**
 * The fleet as a child of this server: started, watched, stopped. It holds the other end of our pipe, so it
 * ends with us however we end. Its folder is not part of the server's code: it is started as the command a
 * person would type.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export type FleetStatus =
  | { readonly status: 'off' }
  | { readonly status: 'starting'; readonly sinceMs: number }
  | { readonly status: 'running'; readonly url: string; readonly pid: number; readonly sinceMs: number }
  | { readonly status: 'failed'; readonly detail: string };

export type FleetProcess = {
  status(): FleetStatus;
  url(): string | null;
  /** Resolves when it is ready or has failed; a second call while it runs does nothing. */
  start(): Promise<FleetStatus>;
  stop(): Promise<FleetStatus>;
};

const COMMAND = ['--import', 'tsx', 'fixtures/fleet/main.ts', '--watch-stdin', '--json'];
const STOP_MS = 15_000;
const COMPLAINT_CHARACTERS_MAX = 2_000;

export function fleetProcess(root: string, onChange: (status: FleetStatus) => void, args: readonly string[] = []): FleetProcess {
  let status: FleetStatus = { status: 'off' };
  let child: ChildProcess | null = null;
  let starting: Promise<FleetStatus> | null = null;
  const become = (next: FleetStatus) => {
    status = next;
    onChange(next);
    return next;
  };

  async function launch(): Promise<FleetStatus> {
    become({ status: 'starting', sinceMs: Date.now() });
    const started = spawn(process.execPath, [...COMMAND, ...args], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
    child = started;
    let complaints = '';
    started.stderr.on('data', (chunk: Buffer) => (complaints = `${complaints}${chunk.toString()}`.slice(-COMPLAINT_CHARACTERS_MAX)));
    started.stdin.on('error', () => {}); // it ended first
    const ended = new Promise<null>((resolve) => {
      started.once('exit', () => resolve(null));
      started.once('error', () => resolve(null));
    });
    void ended.then(() => {
      if (child !== started) return;
      child = null;
      become({ status: 'failed', detail: complaints.trim() || `it ended with code ${started.exitCode}` });
    });
    const line = await Promise.race([new Promise<string>((resolve) => createInterface({ input: started.stdout }).once('line', resolve)), ended]);
    const url = line === null ? null : addressIn(line);
    if (url === null || child !== started) return status;
    return become({ status: 'running', url, pid: started.pid ?? -1, sinceMs: Date.now() });
  }

  return {
    status: () => status,
    url: () => (status.status === 'running' ? status.url : null),
    start() {
      if (child !== null && starting === null) return Promise.resolve(status);
      starting ??= launch().finally(() => (starting = null));
      return starting;
    },
    async stop() {
      const stopping = child;
      child = null;
      if (stopping !== null) await endOf(stopping);
      return become({ status: 'off' });
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

function addressIn(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string' ? value.url : null;
  } catch {
    return null;
  }
}
