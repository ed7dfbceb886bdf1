/**
 * What runs in the groups of a recorded host: one program per group that no other hangs below. Its requests are counted
 * elsewhere (as a service) and null here; a unit that systemd reports is as it says.
 */
import type { ProgramSample } from '../../host-sample';
import type { SampledGroup } from './group-samples';
import type { HostWindow, UnitWindow } from './host-window';

const PHASE_OF_STATE: Readonly<Record<string, ProgramSample['phase']>> = { active: 'ready', reloading: 'ready', activating: 'starting', deactivating: 'stopping', inactive: 'down', failed: 'down' };

export function programSamples({ units }: HostWindow, groups: readonly SampledGroup[]): ProgramSample[] {
  const grouped = groups.filter(({ isSlice }) => !isSlice).map((each) => programOf(each, units.get(each.sample.group)));
  const failed = [...units].filter(([name, { state }]) => state === 'failed' && !grouped.some(({ program }) => program === name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...grouped, ...failed.map(([name, unit]) => knownProgram({ program: name, group: name, phase: 'down', cpuCores: null, memoryBytes: null, restarts: unit.restarts, exits: null, lastExit: 'systemd reports it failed' }))];
}

type Known = Pick<ProgramSample, 'program' | 'group' | 'phase' | 'cpuCores' | 'memoryBytes' | 'restarts' | 'exits' | 'lastExit'>;

/** Written out, because there is one per group and second of a recording and a spread object takes twice as long. */
const knownProgram = ({ program, group, phase, cpuCores, memoryBytes, restarts, exits, lastExit }: Known): ProgramSample => ({
  program, group, phase, cpuCores, memoryBytes, restarts, exits, lastExit,
  service: null, nice: null, wantedCores: null, arrivedRps: null, servedRps: null, failedRps: null, queued: null, inWork: null,
  latencyMeanMs: null, latencyP50Ms: null, latencyP95Ms: null, latencyP99Ms: null, spent: null, logBytes: null, startsInSeconds: null, backOffSeconds: null,
});

function programOf({ window, sample }: SampledGroup, unit: UnitWindow | undefined): ProgramSample {
  const { group, cpuCores, memoryBytes, fileBytes } = sample;
  const processes = window.sums.get('processes') ?? null;
  const phase = PHASE_OF_STATE[unit?.state ?? ''] ?? (processes !== 0 ? 'ready' : window.comesBack ? 'waiting' : 'down');
  const lastExit = unit?.state === 'failed' ? 'systemd reports it failed' : window.lastExit;
  return knownProgram({
    program: group,
    group,
    phase,
    cpuCores,
    memoryBytes: memoryBytes === null ? null : Math.max(0, memoryBytes - (fileBytes ?? 0)),
    restarts: unit?.restarts ?? window.restarts,
    exits: window.oomKills,
    lastExit,
  });
}
