/**
 * "A container starts in under 100 ms." From the decision to an answer: pull of what is missing, the runtime's own work, the program's start, each
 * on the host that is there. Bytes and rates of the pull are the caller's; runtime and program come from the start-up catalogue.
 */
import { programByName, runStartUp, type StartUpCondition } from '../process';
import { fileSystem, imageStore, pullImage, type Layer, type PullRate } from '../filesystem';
import { judge, type ClaimReport } from './claim';

export const CONTAINER_START_MS = 100;
export type ContainerStart = { readonly program: string; readonly layers: readonly Layer[]; readonly pull: PullRate };

const REPS = 9;
const GIB = 2 ** 30;

/** Median start of a cached image on an idle host, beside a busy neighbour, under half a CPU; and with the image to be pulled. */
export function containerStartClaim({ program, layers, pull }: ContainerStart, seed: number): ClaimReport {
  const conditions: StartUpCondition[] = [{ name: 'idle host, image there', reps: REPS }, { name: 'busy neighbour, image there', hogs: 1, reps: REPS }, { name: 'half a CPU, image there', quotaUs: 50_000, reps: REPS }];
  const runtime = medians('podmanRun', conditions, seed);
  const inside = medians(program, conditions, seed);
  const warm = conditions.map(({ name }, i) => ({ condition: name, value: runtime[i]! + inside[i]! }));
  const disk = fileSystem({ capacityBytes: 100 * GIB });
  const pulled = pullImage(disk, imageStore(), program, layers, pull, 0);
  const pullMs = pulled.ok ? pulled.value.milliseconds : Infinity;
  return judge('container start', CONTAINER_START_MS, 'ms', [...warm, { condition: 'idle host, image to be pulled', value: pullMs + warm[0]!.value }]);
}

const medians = (name: string, conditions: readonly StartUpCondition[], seed: number) => runStartUp({ program: name, cpus: [0], hostCpus: 2, conditions }, programByName(name)!, seed).map(({ summary }) => summary.readyMedianMs);
