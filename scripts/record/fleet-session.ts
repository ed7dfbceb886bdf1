/** A fleet that lives for one recording: its targets, a compressed day that lasts as long, planned faults, and what was known. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RecordedFault, RecordingSource, SystemHints } from '@/engine/telemetry';
import { DEFAULT_LOAD, FLEET_SERVICES } from '@/fixtures/fleet/fleet-spec';
import type { FaultState, FleetState } from '@/fixtures/fleet/fleet-state';
import { fleetClient, type FleetWrite } from '@/fixtures/fleet/fleet-client';
import { startFleet } from '@/fixtures/fleet/start-fleet';
import { faultBody, readBody } from '@/fixtures/fleet/supervisor/requests';
import type { Target } from './scrape';

const planEntry = z.looseObject({ atSeconds: z.number().min(0) });
export type PlannedFault = { readonly atSeconds: number; readonly body: z.infer<typeof faultBody> };

/** Reads a list of faults as the twin writes them; throws a sentence with the place of what does not fit. */
export async function readFaultPlan(file: string): Promise<PlannedFault[]> {
  const list = mustFit(z.array(planEntry), JSON.parse(await readFile(file, 'utf8')), 'the list');
  return list.map(({ atSeconds, ...body }, i) => ({ atSeconds, body: mustFit(faultBody, body, `fault ${i + 1}`) }));
}

function mustFit<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const read = readBody(schema, value);
  if (!read.ok) throw new Error(`${where}: ${read.error}`);
  return read.value;
}

/** Three quarters into its sine a day is at its trough, so a recording runs from night over noon to night. */
const TROUGH = 0.75;

export type FleetSession = {
  targets(): Promise<readonly Target[]>;
  /** Starts the day and the clock of the planned faults. */
  begin(seconds: number, plan: readonly PlannedFault[]): Promise<void>;
  hints(): Promise<SystemHints>;
  faults(startedAtMs: number): Promise<RecordedFault[]>;
  state(): Promise<FleetState>;
  sources(): Promise<RecordingSource[]>;
  stop(): Promise<void>;
};

/** `cpuWeight` protects the fleet from other programs of the machine: that of so many ordinary tasks, when CPUs are short. */
export async function startFleetSession(seed: number, cpuWeight: number): Promise<FleetSession> {
  const fleet = await startFleet({ seed, cpuWeight });
  const client = fleetClient(fleet.url);
  const timers: NodeJS.Timeout[] = [];

  async function write(change: FleetWrite) {
    const { status, body } = await client.write(change);
    if (status >= 300) throw new Error(`${change.method} ${change.path} was refused: ${body.message ?? status}`);
  }

  const targets = async (): Promise<Target[]> => (await client.metricsUrls()).map((target) => ({ ...target, extraLabels: [] }));

  return {
    targets,
    async begin(seconds, plan) {
      if (DEFAULT_LOAD.kind === 'day') await write({ method: 'PUT', path: '/load', body: { profile: { ...DEFAULT_LOAD, daySeconds: seconds, phaseSeconds: TROUGH * seconds } } });
      for (const { atSeconds, body } of plan) {
        timers.push(setTimeout(() => void write({ method: 'POST', path: '/faults', body }).catch((error: Error) => process.stderr.write(`record: ${error.message}\n`)), atSeconds * 1_000));
      }
    },
    async hints() {
      const { services, nodes, entryService } = await client.state();
      return {
        entry: entryService,
        services: Object.entries(services).map(([name, service]) => ({
          name,
          lanes: service.lanes,
          startUpSeconds: meanStartUpSeconds(service.instances),
          node: service.node,
          calls: service.calls.map((called) => ({ service: called, perRequest: 1 })),
        })),
        nodes: nodes.map(({ name, cpuCores, memoryMib, usdPerHour }) => ({ name, cpuCores, memoryBytes: memoryMib * 1_048_576, usdPerHour })),
      };
    },
    async faults(startedAtMs) {
      return (await client.faults()).map((fault) => recordedFault(fault, startedAtMs));
    },
    state: client.state,
    sources: async () => (await targets()).map(({ job, url }) => ({ name: job, url })),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await fleet.stop();
    },
  };
}

function meanStartUpSeconds(instances: readonly { readonly startUpMs: number | null }[]): number | null {
  const known = instances.flatMap(({ startUpMs }) => (startUpMs === null ? [] : [startUpMs]));
  return known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0) / known.length / 1_000;
}

/** A kill is an instant; what follows it is recovery. */
function recordedFault({ fault, startedAt, endedAt }: FaultState, startedAtMs: number): RecordedFault {
  const atSeconds = (Date.parse(startedAt) - startedAtMs) / 1_000;
  const lastsSeconds = endedAt === null || fault.kind === 'kill-replica' ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
  return { kind: fault.kind, subject: fault.kind === 'cpu-hog' ? fault.node : fault.service, atSeconds, lastsSeconds };
}

/** What the fleet was, in words, from its own specification. */
export const describeFleet = () =>
  FLEET_SERVICES.map(({ name, replicas, demand, wait, quotaMillicores }) => `${name} ×${replicas} (CPU ${demand.mean} ms${demand.cv > 0 ? ` cv ${demand.cv}` : ''} per request${wait === null ? '' : `, wait ${wait.mean} ms`}, ${quotaMillicores === null ? 'no CPU limit' : `limit ${quotaMillicores} millicores each`})`).join(', ');
