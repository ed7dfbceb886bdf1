/** The faults a person may try on a host, each with the one number it takes. */
import type { HostFault, os } from '@/engine/twin';
import type { OfferedChange } from './offered-changes';

const LASTS_SECONDS = 15;

export function faultsOf(host: os.HostSpec): readonly OfferedChange[] {
  const answering = host.programs.filter(({ load }) => load.kind === 'requests');
  const main = answering[0] ?? host.programs[0];
  return [
    fault({ kind: 'host-power-loss' }, 'the power is cut'),
    fault({ kind: 'host-crash' }, 'the host crashes', null),
    fault({ kind: 'host-network-cut' }, 'the network is cut'),
    { ...fault({ kind: 'host-cpu-thief', threads: 3 }, 'somebody’s threads compute'), amount: { label: 'threads', unit: '', min: 1, max: 32, whole: true } },
    ...(answering.some(({ load }) => load.kind === 'requests' && load.waitsFor === 'disk') || host.programs.some(({ startUp }) => startUp !== undefined) ? [{ ...fault({ kind: 'host-slow-disk', factor: 20 }, 'the disk is slow'), amount: { label: 'times slower', unit: '×', min: 1, max: 1_000 } }] : []),
    ...(host.disk === undefined ? [] : [fault({ kind: 'host-disk-read-only' }, 'the disk fails, read-only')]),
    fault({ kind: 'host-clock-skew', skewSeconds: 3_600 }, 'the clock is an hour ahead', null),
    ...(main === undefined
      ? []
      : [
          fault({ kind: 'program-kill', program: main.name }, `${main.name} is killed`, null),
          fault({ kind: 'program-freeze', program: main.name }, `${main.name} is frozen`),
          { ...fault({ kind: 'program-leak', program: main.name, mibPerSecond: 8 }, `${main.name} leaks`, null), amount: { label: 'leak', unit: 'MiB/s', min: 0.01, max: 1_000 } },
        ]),
    ...answering.slice(0, 1).map(({ name }): OfferedChange => ({ ...fault({ kind: 'program-load-factor', program: name, factor: 3 }, `more load on ${name}`), amount: { label: 'times the load', unit: '×', min: 0.1, max: 50 } })),
  ];
}

const fault = (of: HostFault, label: string, lastsSeconds: number | null = LASTS_SECONDS): OfferedChange => ({ key: `${of.kind} ${'program' in of ? of.program : ''}`, label, tried: { fault: of, lastsSeconds } });
