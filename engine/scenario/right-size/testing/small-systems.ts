/** Small systems and histories for the tests of right-sizing. */
import { parseScenario } from '../../parse-scenario';
import type { ScenarioSpec } from '../../scenario-spec';
import type { ServiceUsage, UsageHistory } from '../usage/usage-history';

export const MIB = 1_048_576;

/** One service `web` on two equal machines; what a test is about comes on top. */
type Parts = { readonly service?: object; readonly system?: object; readonly rps?: number; readonly seconds?: number; readonly faults?: ScenarioSpec['faults'] };

export function small({ service = {}, system = {}, rps = 40, seconds = 240, ...more }: Parts = {}): ScenarioSpec {
  const web = { name: 'web', replicas: 2, lanes: 4, demand: { meanMs: 10, law: 'exponential' }, startUp: { meanMs: 1_000 }, cpuRequestMillicores: 1_000, memoryMib: 200, ...service };
  const machine = { cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1 };
  const parsed = parseScenario({
    formatVersion: 1, id: 'small', title: 'small', question: 'What then?', seed: 7, durationSeconds: seconds, warmUpSeconds: 30,
    system: { nodes: [{ name: 'n1', ...machine }, { name: 'n2', ...machine }], services: [web], loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'constant', rps } }], ...system },
    objectives: [{ kind: 'latency', service: 'client', quantile: 0.99, maxMs: 300 }, { kind: 'availability', service: 'client', min: 0.999 }],
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

type Readings = { readonly cpu: readonly number[]; readonly memoryMib: readonly number[] };

/** What `web`'s pods used, a reading every 15 s. */
export function historyOf(pods: readonly Readings[], more: Partial<ServiceUsage> = {}): UsageHistory {
  const longest = pods.reduce((most, { cpu }) => Math.max(most, cpu.length), 0);
  const together = Array.from({ length: longest }, (_, i) => pods.reduce((sum, { cpu }) => sum + (cpu[i] ?? 0), 0));
  return {
    seconds: longest * 15,
    services: [
      {
        service: 'web',
        pods: pods.map(({ cpu, memoryMib }, i) => ({ pod: `web-${i + 1}`, atSeconds: cpu.map((_, step) => (step + 1) * 15), cpuMillicores: cpu, memoryBytes: memoryMib.map((mib) => mib * MIB) })),
        podByPod: true,
        millicoresMost: together.reduce((most, sum) => Math.max(most, sum), 0),
        replicasMost: pods.length,
        killedAtSeconds: [],
        ...more,
      },
    ],
  };
}

export const steady = (cpu: number, memoryMib: number, count = 120): Readings => ({ cpu: Array.from({ length: count }, () => cpu), memoryMib: Array.from({ length: count }, () => memoryMib) });
