/** Lives a stretch of a host's life with changes at given moments: what a what-if asks, twice for both futures. */
import type { HostSample } from '@/engine/telemetry';
import { advanceHost } from './advance-host';
import { applyHostCommand } from './command/apply/apply-host-command';
import type { HostFault } from './fault/host-fault';
import { setHostFault } from './fault/set-host-fault';
import { compileHost } from './spec/compile-host';
import { findOnHost, type FoundOnHost } from './sample/find-on-host';
import type { HostCommand, HostRefusal } from './command/host-command';
import type { HostSpec } from './spec/host-spec';
import type { HostEvent } from './host-world';
import { restartTotals, totalsOf, type ProgramTotals } from './program/work/program-totals';

/** A command, or a fault that begins or ends. */
export type HostChange = { readonly atSeconds: number } & ({ readonly command: HostCommand } | { readonly fault: HostFault; readonly on: boolean });

export type HostPlay = {
  readonly samples: readonly HostSample[];
  readonly events: readonly HostEvent[];
  readonly refused: readonly { readonly command: HostCommand; readonly refusal: HostRefusal }[];
  /** Of the stretch from `countFromSeconds` to the end. */
  readonly programs: readonly ProgramTotals[];
  /** What is wrong at the end. */
  readonly findings: readonly FoundOnHost[];
};

export type PlayOptions = { readonly seed: number; readonly seconds: number; readonly changes: readonly HostChange[]; /** Start of what is counted. */ readonly countFromSeconds: number; readonly sampleSeconds?: number };

/** Changes are made in order of their time; two at one time in the order given. */
export function playHost(spec: HostSpec, { seed, seconds, changes, countFromSeconds, sampleSeconds }: PlayOptions): HostPlay {
  const world = compileHost(spec, { seed, ...(sampleSeconds === undefined ? {} : { sampleSeconds }) });
  const refused: { command: HostCommand; refusal: HostRefusal }[] = [];
  const moments = [...changes.map((change, i) => ({ ...change, i })).sort((a, b) => a.atSeconds - b.atSeconds || a.i - b.i)];
  let counted = false;
  const count = () => {
    advanceHost(world, countFromSeconds * 1e6);
    restartTotals(world);
    counted = true;
  };
  for (const change of moments) {
    if (change.atSeconds >= seconds) break;
    if (!counted && change.atSeconds >= countFromSeconds) count();
    advanceHost(world, change.atSeconds * 1e6);
    if ('fault' in change) setHostFault(world, change.fault, change.on);
    else {
      const done = applyHostCommand(world, change.command);
      if (!done.ok) refused.push({ command: change.command, refusal: done.error });
    }
  }
  if (!counted) count();
  advanceHost(world, seconds * 1e6);
  return { samples: world.samples, events: world.events, refused, programs: world.programs.map(totalsOf), findings: findOnHost(world) };
}
