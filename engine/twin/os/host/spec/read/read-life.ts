/** Reads the life of a program: where it comes from, what starts it again, how it ends, what it is asked. */
import { has, member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../../../spec-reader';
import type { ProbeSpec } from '../../../../infra/kubernetes/node';
import type { ProgramLoad, ProgramProbesSpec, ProgramSpec, ProgramStopSpec, RegistrySpec, RestartSpec } from '../host-spec';

const SECONDS_MAX = 86_400;
const seconds = (at: SpecReader) => readNumber(at, { min: 0, max: SECONDS_MAX });
const count = (at: SpecReader) => readNumber(at, { min: 0, max: 1_000_000, integer: true });

export function readRestart(at: SpecReader): RestartSpec {
  if (!has(at, 'supervisor')) return readPlain(at);
  const supervisor = readChoice(member(at, 'supervisor'), ['systemd', 'docker', 'kubelet']);
  const policy = optional(at, 'policy', (m) => readChoice(m, ['always', 'on-failure', 'no']));
  switch (supervisor) {
    case 'systemd':
      onlyKeys(at, ['supervisor', 'policy', 'restartSeconds', 'restartSteps', 'restartMaxSeconds', 'startLimitBurst', 'startLimitSeconds']);
      return { supervisor, policy, restartSeconds: optional(at, 'restartSeconds', seconds), restartSteps: optional(at, 'restartSteps', count), restartMaxSeconds: optional(at, 'restartMaxSeconds', seconds), startLimitBurst: optional(at, 'startLimitBurst', count), startLimitSeconds: optional(at, 'startLimitSeconds', seconds) };
    case 'docker':
      onlyKeys(at, ['supervisor', 'policy', 'maxTries']);
      return { supervisor, policy, maxTries: optional(at, 'maxTries', count) };
    case 'kubelet':
      onlyKeys(at, ['supervisor', 'policy']);
      return { supervisor, policy };
  }
}

function readPlain(at: SpecReader): RestartSpec {
  onlyKeys(at, ['supervisor', 'delaySeconds', 'longestSeconds']);
  const delaySeconds = seconds(member(at, 'delaySeconds'));
  return { delaySeconds, longestSeconds: has(at, 'longestSeconds') ? readNumber(member(at, 'longestSeconds'), { min: delaySeconds, max: SECONDS_MAX }) : delaySeconds };
}

export function readRegistry(at: SpecReader): RegistrySpec {
  onlyKeys(at, ['downloadMibPerSecond', 'unpackMibPerSecond', 'answerMs']);
  const rate = (key: string) => readNumber(member(at, key), { min: 0.001, max: 1e6 });
  return { downloadMibPerSecond: rate('downloadMibPerSecond'), unpackMibPerSecond: rate('unpackMibPerSecond'), answerMs: readNumber(member(at, 'answerMs'), { min: 0, max: 3_600_000 }) };
}

export function readImage(at: SpecReader): NonNullable<ProgramSpec['image']> {
  onlyKeys(at, ['name', 'layers']);
  const layers = readList(member(at, 'layers'), (layer) => {
    onlyKeys(layer, ['digest', 'compressedMib', 'mib']);
    const size = (key: string) => readNumber(member(layer, key), { min: 0, max: 1e6 });
    return { digest: readText(member(layer, 'digest')), compressedMib: size('compressedMib'), mib: size('mib') };
  }, { min: 1, max: 200 });
  return { name: readText(member(at, 'name')), layers };
}

export function readStop(at: SpecReader): ProgramStopSpec {
  onlyKeys(at, ['handlesTerm', 'graceSeconds']);
  return { handlesTerm: readChoice(member(at, 'handlesTerm'), ['drains', 'exits', 'ignores']), graceSeconds: readNumber(member(at, 'graceSeconds'), { min: 0, max: SECONDS_MAX }) };
}

export function readProbes(at: SpecReader, load: ProgramLoad): ProgramProbesSpec {
  onlyKeys(at, ['startup', 'liveness', 'readiness', 'cpuMs']);
  if (load.kind !== 'requests') note(at, 'out-of-range', `a program of the kind "${load.kind}" answers no probes`, 'probes are for programs that answer requests');
  return { startup: optional(at, 'startup', readProbe), liveness: optional(at, 'liveness', readProbe), readiness: optional(at, 'readiness', readProbe), cpuMs: optional(at, 'cpuMs', (m) => readNumber(m, { min: 0.001, max: 60_000 })) };
}

function readProbe(at: SpecReader): Partial<ProbeSpec> {
  onlyKeys(at, ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold']);
  const positive = (m: SpecReader) => readNumber(m, { min: 0.001, max: SECONDS_MAX });
  const times = (m: SpecReader) => readNumber(m, { min: 1, max: 1_000, integer: true });
  return { initialDelaySeconds: optional(at, 'initialDelaySeconds', seconds), periodSeconds: optional(at, 'periodSeconds', positive), timeoutSeconds: optional(at, 'timeoutSeconds', positive), failureThreshold: optional(at, 'failureThreshold', times), successThreshold: optional(at, 'successThreshold', times) };
}
