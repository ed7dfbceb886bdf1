/**
 * How a scenario is run: request by request, or with requests as flows. Exact is the rule; a flow is for systems so large that
 * single requests would take minutes. What a flow does not know is said, and `auto` then stays exact.
 */
import { rateAt } from '@/engine/twin';
import type { ScenarioSpec } from './scenario-spec';

export const RUN_MODES = ['exact', 'flow', 'auto'] as const;
export type AskedMode = (typeof RUN_MODES)[number];

export type RunMode = {
  readonly mode: 'exact' | 'flow';
  readonly why: string;
  /** What this scenario has that a flow leaves out; empty for exact runs. */
  readonly leftOut: readonly string[];
};

/** About a minute of one core. */
const EVENTS_MAX = 20_000_000;
/** A request at one service is an arrival, a few steps of its node and what it waits for. */
const EVENTS_PER_SERVICE = 4;
const FLOW_SOLVES = 240;

export function chooseMode(spec: ScenarioSpec, asked: AskedMode): RunMode {
  const leftOut = leftOutByFlow(spec);
  if (asked === 'exact') return { mode: 'exact', why: 'asked for', leftOut: [] };
  if (asked === 'flow') return { mode: 'flow', why: 'asked for', leftOut };
  const events = expectedEvents(spec);
  const size = `about ${inWords(events)} events`;
  if (events <= EVENTS_MAX) return { mode: 'exact', why: `${size}; up to ${inWords(EVENTS_MAX)} are made one by one`, leftOut: [] };
  if (leftOut.length > 0) return { mode: 'exact', why: `${size}, but a flow would leave out: ${leftOut.join('; ')}`, leftOut: [] };
  return { mode: 'flow', why: `${size}, more than ${inWords(EVENTS_MAX)}`, leftOut: [] };
}

const inWords = (count: number) => (count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} thousand` : `${Math.round(count / 1e5) / 10} million`);

/** Solved this often while loads change. */
export const flowEverySeconds = ({ durationSeconds }: ScenarioSpec) => Math.max(1, Math.round(durationSeconds / FLOW_SOLVES));

function expectedEvents({ system, durationSeconds }: ScenarioSpec): number {
  const visits = new Map<string, number>();
  const visitsFrom = (name: string): number => {
    const known = visits.get(name);
    if (known !== undefined) return known;
    visits.set(name, 1); // a message may come back to who sent it
    const service = system.services.find((each) => each.name === name);
    const below = (service?.calls ?? []).reduce((total, call) => total + call.perRequest * visitsFrom(call.service), 1);
    visits.set(name, below);
    return below;
  };
  const perSecond = system.loads.reduce((total, load) => total + rateAt(load.profile, durationSeconds / 2) * visitsFrom(load.service), 0);
  return perSecond * EVENTS_PER_SERVICE * durationSeconds;
}

const FLOW_FAULTS = ['node-down', 'zone-down', 'region-down', 'slow-node', 'cpu-hog', 'slow-service', 'memory-leak', 'kill-replica', 'load-factor', 'crash-loop', 'disk-fill', 'dependency-outage'];

function leftOutByFlow({ system, faults = [] }: ScenarioSpec): string[] {
  const has = (what: string, there: boolean) => (there ? [what] : []);
  const calls = system.services.flatMap((service) => service.calls ?? []);
  const other = [...new Set(faults.map(({ kind }) => kind))].filter((kind) => !FLOW_FAULTS.includes(kind));
  return [
    ...has('the mesh between clients and services', system.loads.some((load) => load.router !== undefined) || system.nodes.some((node) => node.via !== undefined)),
    ...has('CPUs that the kernel shares by weight, in slices', system.nodes.some((node) => node.cpuModel === 'kernel')),
    ...has('mutual TLS', system.identity !== undefined),
    ...has('caches that are not warm yet', calls.some((call) => call.cache !== undefined && call.cache.startsWarm !== true)),
    ...has('coalesced misses', calls.some((call) => call.cache?.coalesce === true)),
    ...has('cold starts of functions', system.services.some((service) => service.serverless !== undefined)),
    ...has('the warm-up of new replicas', system.services.some((service) => service.warmUp !== undefined)),
    ...has('memory of requests in flight', system.services.some((service) => service.memoryPerRequestMib !== undefined)),
    ...has('backlogs of message queues', (system.queues ?? []).length > 0),
    ...has('leaders and logs of replicated services', system.services.some((service) => service.replication !== undefined)),
    ...(other.length === 0 ? [] : [`faults: ${other.join(', ')}`]),
  ];
}
