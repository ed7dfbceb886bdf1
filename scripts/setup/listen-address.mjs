/** Where the workbench listens and keeps its data (PORT, HOST, ORRERY_DATA), checked before anything starts. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { SetupFailure } from './failure.mjs';

/** {port, host, url, data} from the environment; `data` is absolute. */
export function addressFrom(env, root) {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new SetupFailure(`PORT takes a number from 1 to 65535, not "${env.PORT}".`);
  const host = env.HOST || '127.0.0.1';
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return { port, host, url: `http://${reachable}:${port}`, data: resolve(root, env.ORRERY_DATA || '.orrery') };
}

const LISTEN_REASONS = {
  EADDRINUSE: (host, port) => `Port ${port} on ${host} is taken. Stop what listens there, or choose another: PORT=${port < 65_535 ? port + 1 : 3000}.`,
  EACCES: (host, port) => `Port ${port} on ${host} needs more rights than we have. Choose one above 1023: PORT=3000.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. HOST=127.0.0.1 always works.`,
  ENOTFOUND: (host) => `HOST takes an address of this machine; "${host}" is not known.`,
};

export function checkPortFree({ host, port }) {
  return new Promise((free, taken) => {
    const probe = createServer();
    probe.once('error', (error) => taken(new SetupFailure(LISTEN_REASONS[error.code]?.(host, port) ?? `Port ${port} on ${host} cannot be used: ${error.message}.`)));
    probe.listen({ host, port, exclusive: true }, () => probe.close(free));
  });
}

/** Makes the folder when it is missing and proves that a file can be written there. */
export function checkDataWritable(folder) {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new SetupFailure(`The data folder ${folder} cannot be written (${error.code}). Give yourself the right, or choose another: ORRERY_DATA=/some/folder.`);
  }
}
