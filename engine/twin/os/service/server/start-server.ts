/** The threads of a service that is up: which programs they run and who listens. */
import { addThread } from '../loop-thread';
import type { Server, ServiceRun } from '../service-run';
import type { ServerSpec } from '../service-scenario';

/** Indexes into the table of programs. */
const Program = { eventLoop: 1, poolMain: 2, poolWorker: 3, clusterFirst: 4, clusterWorker: 5 } as const;

export function startServer(run: ServiceRun, { spec, group, workScale }: { readonly spec: ServerSpec; readonly group: number; readonly workScale: number }): Server {
  const owner = run.servers.length;
  const limited = spec.quotaUs !== undefined;
  const add = (name: string, program: number) => addThread(run, { name, group, program, owner });
  if (spec.mode === 'loop' || spec.mode === 'naive') return { spec, workScale, limited, threads: [add('main', Program.eventLoop)], backlog: [], idle: [], queue: [], sending: new Set(), lockedBy: undefined };
  const [first, worker] = spec.mode === 'pool' ? [Program.poolMain, Program.poolWorker] : [Program.clusterFirst, Program.clusterWorker];
  const threads = [add('main', first), ...Array.from({ length: spec.threads }, (_, i) => add(`worker${i}`, worker))];
  return { spec, workScale, limited, threads, backlog: [], idle: threads.slice(1).map(({ id }) => id), queue: [], sending: new Set(), lockedBy: undefined };
}
