import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appRouter } from '../routers/app-router';
import { LOCAL_OPERATOR } from '../gateway/actor';
import type { StreamEvent } from '../live/live-event';
import { serverMetrics } from '../metrics/server-metrics';
import { trpc } from '../trpc/trpc';
import { openServer, type Server } from './server';
import { readConfig, type ServerConfig } from './server-config';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'orrery-server-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

function configFor(over: Partial<ServerConfig> = {}): ServerConfig {
  const config = readConfig({ NODE_ENV: 'test', ORRERY_DATA: data, ORRERY_FLEET: 'off' }, process.cwd());
  if (!config.ok) throw new Error(config.error);
  return { ...config.value, ...over };
}
const callerOf = (server: Server) => trpc.createCallerFactory(appRouter)({ server, actor: LOCAL_OPERATOR });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('it opens on an empty folder, is healthy without a fleet, refuses a second opening, and frees the folder', async () => {
  const server = await openServer(configFor());
  expect(await server.health()).toMatchObject({ ok: true, database: { engine: 'pglite', ok: true }, loop: { ok: true }, fleet: { status: 'off' }, singleOperator: true, assistant: 'off' });
  await expect(openServer(configFor())).rejects.toThrow('is in use by process');
  await server.close();
  await (await openServer(configFor())).close();
});

test('without a fleet and a twin, drafts and rehearsals say why they cannot be', async () => {
  const server = await openServer(configFor());
  await expect(callerOf(server).plans.create({ title: 't', commands: [{ kind: 'set-replicas', service: 'backend', replicas: 3 }] })).rejects.toThrow('the fleet is not running');
  await expect(callerOf(server).fleet.injectFault({ kind: 'load-factor', service: 'frontend', factor: 2 })).rejects.toThrow('Start it first');
  expect(await callerOf(server).live.twin()).toMatchObject({ status: 'waiting', calibration: null });
  await server.close();
});

test('the fleet starts with the server, its frames come in once a second over the stream, and it ends with the server', async () => {
  const server = await openServer(configFor());
  const seen: StreamEvent[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { event } of server.hub.subscribe(null, stop.signal)) seen.push(event);
  })();
  const started = await callerOf(server).fleet.start();
  if (started.status !== 'running') throw new Error(JSON.stringify(started));
  while (server.live.frames(100).length < 3) await new Promise((resolve) => setTimeout(resolve, 100));
  const frames = await callerOf(server).live.frames();
  expect(frames[0]!.services.map(({ service }) => service)).toEqual(['client', 'store', 'backend', 'frontend']);
  const gaps = frames.slice(1).map((frame, at) => (frame.atUs - frames[at]!.atUs) / 1_000_000);
  expect(gaps.every((seconds) => seconds > 0.9 && seconds < 3)).toBe(true);
  const { state } = await callerOf(server).fleet.state();
  expect(Object.keys(state!.services).toSorted()).toEqual(['backend', 'frontend', 'store']);
  const { id } = await callerOf(server).fleet.injectFault({ kind: 'slow-service', service: 'store', extraMs: 5, lastsSeconds: 30 });
  await callerOf(server).fleet.clearFault({ id });
  await expect(callerOf(server).fleet.injectFault({ kind: 'slow-service', service: 'nope', extraMs: 5, lastsSeconds: 30 })).rejects.toThrow('service');
  expect((await serverMetrics(server)).text).toMatch('orrery_fleet_running 1');
  await server.close();
  stop.abort();
  await reading;
  expect(isAlive(started.pid)).toBe(false);
  expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(['fleet', 'health', 'frame']));
});

test('a fleet that cannot start is a status that says why', async () => {
  const server = await openServer(configFor({ root: data, migrationsFolder: configFor().migrationsFolder }));
  expect(await callerOf(server).fleet.start()).toMatchObject({ status: 'failed' });
  expect((await server.health()).fleet.detail).not.toBe('');
  await server.close();
});
