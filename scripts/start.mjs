/**
 * Starts the workbench and says where it is once it answers. Ctrl-C (or SIGTERM, or the end of the npm that
 * called us) stops everything that was started; a second Ctrl-C does so at once. PORT, HOST and ORRERY_DATA
 * choose where. A taken port or an unwritable data folder ends with a sentence and 2.
 */
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { orExplain, SetupFailure } from './setup/failure.mjs';
import { addressFrom, checkDataWritable, checkPortFree } from './setup/listen-address.mjs';
import { startGroup } from './setup/process-group.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ANSWER_WITHIN_MS = 60_000;
const GRACE_MS = 5_000;

await orExplain(async () => {
  const address = addressFrom(process.env, root);
  checkDataWritable(address.data);
  await checkPortFree(address);
  const server = startServer(address);
  const stop = stopWhenAsked(server.group);
  try {
    const answers = await untilItAnswers(server, address.url);
    if (answers && !stop.asked) console.log(`Orrery is at ${address.url} (Ctrl-C stops it)`);
    await server.ended;
  } finally {
    await server.group.stop(GRACE_MS);
  }
  if (!stop.asked) throw new SetupFailure(`${server.lastWords()}\nThe workbench ended by itself; its last words stand above.`);
});

function startServer({ host, port, data }) {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HOST: host, PORT: String(port), ORRERY_DATA: data };
  const args = ['node_modules/next/dist/bin/next', 'start', '--hostname', host, '--port', String(port)];
  const group = startGroup(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [group.child.stdout, group.child.stderr]) stream.on('data', (chunk) => (words = (words + chunk).slice(-4_000)));
  group.child.stderr.pipe(process.stderr, { end: false });
  const server = { group, hasEnded: false, ended: once(group.child, 'exit'), lastWords: () => words.trim() };
  group.child.once('exit', () => (server.hasEnded = true));
  return server;
}

/** Waits for `GET /api/health` and says so every second; false when the server ends before it answers. */
async function untilItAnswers(server, url) {
  const started = performance.now();
  for (let said = 0; !server.hasEnded; await sleep(100)) {
    const elapsed = performance.now() - started;
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return true;
    if (elapsed > ANSWER_WITHIN_MS) throw new SetupFailure(`${server.lastWords()}\nThe workbench did not answer at ${url}/api/health within ${ANSWER_WITHIN_MS / 1_000} s (${answer === null ? 'no answer' : `status ${answer.status}`}).`);
    if (elapsed > (said + 1) * 1_000) console.log(`workbench: starting … ${(said += 1)} s`);
  }
  return false;
}

function stopWhenAsked(group) {
  const stop = { asked: false };
  const ask = () => {
    if (stop.asked) group.kill();
    stop.asked = true;
    void group.stop(GRACE_MS);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  // npm killed hard cannot pass a signal on; then we are left to a new parent.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === 'start') setInterval(() => process.ppid !== parent && !stop.asked && ask(), 500).unref();
  return stop;
}
