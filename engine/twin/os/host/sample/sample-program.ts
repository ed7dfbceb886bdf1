/** What a program did since the last sample. */
import { meanOf, quantile } from '@/engine/kernel';
import type { ProgramSample } from '@/engine/telemetry';
import { taskAccount } from '../../cpu';
import { bytesOf } from '../../memory';
import { anonPages, type HostWorld, type Program } from '../host-world';
import { logPath } from '../program/work/program-log';
import { swappedPages } from '../program/memory/program-swap';
import { isRouted } from '../program/life/probe-program';
import { addWindow, clearWindow, partsOf } from '../program/work/program-window';

/** A ready program whose probes send its clients away is not ready for them. */
const phaseOf = (program: Program): ProgramSample['phase'] => (program.phase === 'moved' ? 'down' : program.phase === 'ready' && !isRouted(program) ? 'not-ready' : program.phase);

export function sampleProgram(world: HostWorld, program: Program, windowUs: number): ProgramSample {
  const { window, spec } = program;
  const perSecond = (count: number) => (count * 1e6) / windowUs;
  const ms = (us: number) => (Number.isNaN(us) ? null : us / 1_000);
  const cpuUs = [...program.lanes, ...program.frozen].reduce((sum, { task }) => sum + taskAccount(world.cpu, task).cpuUs, program.endedCpuUs);
  const sample: ProgramSample = {
    program: spec.name,
    service: program.service,
    group: world.groups[program.group]!.name,
    nice: program.nice,
    phase: phaseOf(program),
    cpuCores: (cpuUs - program.seenCpuUs) / windowUs,
    wantedCores: program.phase === 'ready' && spec.load.kind === 'background' ? spec.load.cores : null,
    arrivedRps: spec.load.kind === 'requests' ? perSecond(window.arrived) : null,
    servedRps: perSecond(window.served),
    failedRps: perSecond(window.failed),
    queued: program.queue.length,
    inWork: [...program.lanes, ...program.frozen].filter(({ request }) => request !== null).length,
    latencyMeanMs: ms(meanOf(window.latency)),
    latencyP50Ms: ms(quantile(window.latency, 0.5)),
    latencyP95Ms: ms(quantile(window.latency, 0.95)),
    latencyP99Ms: ms(quantile(window.latency, 0.99)),
    spent: partsOf(window),
    memoryBytes: bytesOf(anonPages(program) - swappedPages(world, program)),
    logBytes: world.disk?.files.get(logPath(program))?.bytes ?? 0,
    restarts: program.restarts,
    exits: program.exits,
    lastExit: program.lastExit,
    startsInSeconds: program.phase === 'waiting' ? (program.startsAtUs - world.cpu.nowUs) / 1e6 : null,
    backOffSeconds: program.lastDelaySeconds,
  };
  program.seenCpuUs = cpuUs;
  addWindow(program.total, window);
  clearWindow(window);
  return sample;
}
