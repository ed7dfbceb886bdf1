/** Reads experiment E: replicas behind a load balancer, scaled out while the load runs. */
import { has, member, note, optional, readChoice, readList, readNumber, type SpecReader } from '../../spec-reader';
import { BALANCE_RULES, type ScaleOutRepeat, type ScaleOutScenario } from '../service';
import type { RecordedRepeat, SideFiles } from './host-record';
import { DURATION_S, given, readCpus, readQuota, readShares, readWork, SECONDS } from './lab-fields';
import { readTable, requestsOf } from './read-inputs';
import { readLoadGenerator } from './read-service-scenario';

const RATE = { min: 0, max: 1_000_000 } as const;

export function readScaleOut(at: SpecReader, hostCpus: number): ScaleOutScenario {
  const durationS = readNumber(member(at, 'durationS'), DURATION_S);
  const replicas = readList(member(at, 'replicas'), (replica) => ({ ...given('cpus', optional(replica, 'cpus', (cpus) => readCpus(cpus, hostCpus))), ...given('quotaUs', optional(replica, 'quotaUs', readQuota)), ...given('shares', optional(replica, 'shares', readShares)) }), { min: 1, max: 4 });
  const scaleAtS = readList(member(at, 'scaleAtS'), (scale) => readNumber(scale, { min: 0, max: durationS }), { max: 3 });
  if (scaleAtS.length >= replicas.length && scaleAtS.length > 0) note(member(at, 'scaleAtS'), 'out-of-range', `${scaleAtS.length} scale-outs need ${scaleAtS.length + 1} replicas, there are ${replicas.length}`, 'list a replica for each');
  const lb = member(at, 'lb');
  return {
    durationS, scaleAtS, replicas,
    loadgen: has(at, 'loadgen') ? readLoadGenerator(member(at, 'loadgen'), hostCpus) : {},
    lb: {
      kind: readChoice(member(lb, 'kind'), ['haproxy', 'nginx']),
      ...given('cpus', optional(lb, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
      ...given('maxconn', optional(lb, 'maxconn', (most) => readNumber(most, { min: 1, max: 1_000_000, integer: true }))),
      ...given('balance', optional(lb, 'balance', (balance) => readChoice(balance, BALANCE_RULES))),
      ...given('slowStartS', optional(lb, 'slowstartS', (seconds) => readNumber(seconds, { min: 0, max: 3_600, integer: true }))),
    },
    warmupMs: optional(at, 'warmupMs', (ms) => readNumber(ms, { min: 0, max: 600_000 })) ?? 0,
    work: readWork(member(at, 'work')),
    profile: has(at, 'profile') ? readProfile(member(at, 'profile')) : flat(readNumber(member(at, 'rate'), RATE), durationS),
    seed: optional(at, 'seed', (seed) => readNumber(seed, { integer: true })) ?? 1,
  };
}

const flat = (rps: number, durationS: number): ScaleOutScenario['profile'] => [[0, rps], [durationS, rps]];

export function readProfile(at: SpecReader): ScaleOutScenario['profile'] {
  return readList(at, (corner): readonly [number, number] => {
    const [atS, rps] = readList(corner, (number) => readNumber(number, { min: 0, max: RATE.max }), { min: 2, max: 2 });
    if (atS !== undefined && atS > SECONDS.max) note(corner, 'out-of-range', `${atS} s is beyond a day`, 'give seconds since the start');
    return [atS ?? 0, rps ?? 0];
  }, { min: 2 });
}

/** The capacity of one replica calibrates the host's speed, as the probe of a service does. */
export function scaleOutRepeat(id: string, repeat: RecordedRepeat, at: SpecReader, files: SideFiles): ScaleOutRepeat {
  const text = files.get(`${id}.r${repeat.rep}.req.csv`);
  const requests = text === undefined ? undefined : requestsOf(readTable(text), 0);
  const { value } = member(at, 'runs');
  const runs: readonly unknown[] = Array.isArray(value) ? value : [];
  const capacities = runs.flatMap((run, i) => {
    const reader: SpecReader = { path: `runs[${i}]`, value: run, issues: at.issues };
    return member(reader, 'rep').value === repeat.rep ? (optional(reader, 'oneReplicaCapacityRps', (rps) => readNumber(rps, { min: 0.001, max: 1e7 })) ?? []) : [];
  });
  return { ...repeat, ...given('capacityRps', capacities[0]), ...given('offered', requests) };
}
