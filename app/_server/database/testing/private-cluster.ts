/**
 * A Postgres of one's own for a test: a cluster in a temporary folder, on a free port of loopback, run as an
 * unprivileged user (Postgres refuses root). Deleted when stopped.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PrivateCluster = { readonly url: string; /** The address of another, empty database. */ createDatabase(name: string): string; stop(): Promise<void> };

/** Newest version that Debian's package put on this machine. Throws with the command that installs it. */
function postgresBin(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isFinite).sort((x, y) => y - x) : [];
  if (versions[0] === undefined) throw new Error('Postgres is not installed: apt-get install -y --no-install-recommends postgresql');
  return join(root, String(versions[0]), 'bin');
}

const idOf = (user: string, flag: '-u' | '-g') => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

export async function startPrivateCluster(): Promise<PrivateCluster> {
  const bin = postgresBin();
  const folder = mkdtempSync(join(tmpdir(), 'orrery-postgres-'));
  const owner = process.getuid?.() === 0 ? { uid: idOf('nobody', '-u'), gid: idOf('nobody', '-g') } : {};
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'test', PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'orrery', '--auth=trust', '--no-sync', '-E', 'UTF8'], { ...owner, cwd: folder, env: environment, stdio: 'ignore' });
  const port = await freePort();
  const settings = ['-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off', '-c', 'shared_buffers=16MB'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...owner, cwd: folder, env: environment, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await untilReady(() => execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q'], { stdio: 'ignore' }));
  const stop = async () => {
    server.kill('SIGINT'); // fast shutdown
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const urlOf = (name: string) => `postgres://orrery@127.0.0.1:${port}/${name}`;
  const createDatabase = (name: string) => {
    execFileSync(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'orrery', name], { stdio: 'ignore' });
    return urlOf(name);
  };
  return { url: urlOf('postgres'), createDatabase, stop };
}

async function untilReady(probe: () => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return probe();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
