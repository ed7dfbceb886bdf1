/**
 * Backups of a service's data and the way back to a point in time: a full copy every so often, the log in between. When the data
 * is lost or spoilt somebody must notice and decide; then the last full copy is read back and the log since then is
 * played. What was written after the last log that had been shipped is gone.
 */
import { drawVariate, nextUnit, randomStream, schedule, timeUs, type Random, type Variate } from '@/engine/kernel';
import { readDuration, variateUs, type DurationSpec } from '../../../duration';
import { EventKind } from '../../../event-kind';
import { member, onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';
import type { World } from '../../../world';
import { noteRecovery } from '../recovery';

export type BackupSpec = {
  readonly fullEverySeconds: number;
  readonly logEverySeconds: number;
  /** From the end of a log's span until it lies in the other place. */
  readonly logUpload?: DurationSpec;
  readonly sizeGib: number;
  readonly restoreMibPerSecond: number;
  /** Time to play a second's worth of log. */
  readonly replaySecondsPerSecond: number;
  readonly detect: DurationSpec;
  readonly decide: DurationSpec;
};

export type Backup = {
  readonly fullEveryUs: number;
  readonly logEveryUs: number;
  /** Where in its period the schedule stands when the run begins. */
  fullPhaseUs: number;
  logPhaseUs: number;
  readonly upload: Variate;
  readonly restoreUs: number;
  readonly replay: number;
  readonly detect: Variate;
  readonly decide: Variate;
  random: Random;
  /** Since when the data is gone. */
  lostUs: number | null;
  rpoUs: number;
};

export function readBackup(at: SpecReader): BackupSpec {
  onlyKeys(at, ['fullEverySeconds', 'logEverySeconds', 'logUpload', 'sizeGib', 'restoreMibPerSecond', 'replaySecondsPerSecond', 'detect', 'decide']);
  return {
    fullEverySeconds: readNumber(member(at, 'fullEverySeconds'), { min: 1, max: 31_536_000 }),
    logEverySeconds: readNumber(member(at, 'logEverySeconds'), { min: 0.1, max: 31_536_000 }),
    logUpload: optional(at, 'logUpload', readDuration),
    sizeGib: readNumber(member(at, 'sizeGib'), { min: 0, max: 10_000_000 }),
    restoreMibPerSecond: readNumber(member(at, 'restoreMibPerSecond'), { min: 0.001, max: 1_000_000 }),
    replaySecondsPerSecond: readNumber(member(at, 'replaySecondsPerSecond'), { min: 0, max: 100 }),
    detect: readDuration(member(at, 'detect')),
    decide: readDuration(member(at, 'decide')),
  };
}

export function backup(spec: BackupSpec, seed: number, name: string): Backup {
  const random = randomStream(seed, `backup/${name}`);
  return {
    fullEveryUs: spec.fullEverySeconds * 1e6,
    logEveryUs: spec.logEverySeconds * 1e6,
    fullPhaseUs: nextUnit(random) * spec.fullEverySeconds * 1e6,
    logPhaseUs: nextUnit(random) * spec.logEverySeconds * 1e6,
    upload: variateUs(spec.logUpload ?? { meanMs: 0 }),
    restoreUs: ((spec.sizeGib * 1_024) / spec.restoreMibPerSecond) * 1e6,
    replay: spec.replaySecondsPerSecond,
    detect: variateUs(spec.detect),
    decide: variateUs(spec.decide),
    random,
    lostUs: null,
    rpoUs: 0,
  };
}

/** The data is gone: nothing is served until the last state that was kept is back. */
export function loseData(world: World, service: number): void {
  const { backup: state, outages } = world.infra.services[service]!;
  if (state === null || state.lostUs !== null) return;
  const { nowUs } = world;
  const since = (everyUs: number, phaseUs: number, upTo: number) => upTo - (Math.floor((upTo - phaseUs) / everyUs) * everyUs + phaseUs);
  const upload = drawVariate(state.random, state.upload);
  state.rpoUs = upload + since(state.logEveryUs, state.logPhaseUs, nowUs - upload);
  const keptUs = nowUs - state.rpoUs;
  const replayUs = since(state.fullEveryUs, state.fullPhaseUs, keptUs) * state.replay;
  state.lostUs = nowUs;
  outages.push({ mode: 'refuse', share: 1 });
  schedule(world.queue, timeUs(nowUs + drawVariate(state.random, state.detect) + drawVariate(state.random, state.decide) + state.restoreUs + replayUs), EventKind.restored, service);
}

export function restored(world: World, service: number): void {
  const { backup: state, outages } = world.infra.services[service]!;
  if (state === null || state.lostUs === null) return;
  noteRecovery(world, service, { kind: 'restore', lostUs: state.lostUs, rpoUs: state.rpoUs, lostWrites: 0 });
  state.lostUs = null;
  const whole = outages.findIndex(({ mode, share }) => mode === 'refuse' && share === 1);
  if (whole >= 0) outages.splice(whole, 1);
}
