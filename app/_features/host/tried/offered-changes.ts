/** The changes a person may try on a host, each with the one number it takes. */
import type { os } from '@/engine/twin';
import type { Tried } from './tried-change';

type Amount = { readonly label: string; readonly unit: string; readonly min: number; readonly max: number; readonly whole?: boolean };
export type OfferedChange = { readonly key: string; readonly label: string; readonly tried: Tried; readonly amount?: Amount };

const PERIOD_MS = 100;

export function changesOf(host: os.HostSpec): readonly OfferedChange[] {
  return [
    ...host.groups.flatMap((group) => groupChanges(host, group)),
    ...host.programs.flatMap(({ name }): OfferedChange[] => [
      { key: `renice-program ${name}`, label: `nice of ${name}`, tried: { command: { kind: 'renice-program', program: name, nice: 10 } }, amount: { label: 'nice', unit: '−20 first, 19 last', min: -20, max: 19, whole: true } },
      { key: `restart-program ${name}`, label: `restart ${name}`, tried: { command: { kind: 'restart-program', program: name } } },
      { key: `stop-program ${name}`, label: `stop ${name}`, tried: { command: { kind: 'stop-program', program: name } } },
    ]),
    ...diskChanges(host),
    ...upkeepChanges(host),
    ...suspendChanges(host),
    { key: 'reboot-host ', label: 'reboot the host', tried: { command: { kind: 'reboot-host' } } },
  ];
}

const suspendChanges = ({ power }: os.HostSpec): OfferedChange[] =>
  power?.suspend === undefined
    ? []
    : [
        { key: 'set-suspend ', label: 'suspend when idle', tried: { command: { kind: 'set-suspend', afterSeconds: 2 } }, amount: { label: 'after', unit: 's of nothing to do', min: 0.1, max: 3_600 } },
        { key: 'set-suspend  never', label: 'never suspend', tried: { command: { kind: 'set-suspend', afterSeconds: null } } },
      ];

const upkeepChanges = ({ upkeep, programs }: os.HostSpec): OfferedChange[] => [
  ...(upkeep?.certificates ?? []).map(({ name }): OfferedChange => ({ key: `renew-certificate ${name}`, label: `renew the certificate ${name}`, tried: { command: { kind: 'renew-certificate', certificate: name } } })),
  ...(programs.some(({ load }) => load.kind === 'updates') ? [{ key: 'apply-updates ', label: 'install what was released', tried: { command: { kind: 'apply-updates' as const } } }] : []),
];

const diskChanges = (host: os.HostSpec): OfferedChange[] =>
  host.disk === undefined
    ? []
    : [
        { key: 'clean-up-logs ', label: 'delete the logs', tried: { command: { kind: 'clean-up-logs' } } },
        ...host.programs.filter(({ logMibPerSecond = 0 }) => logMibPerSecond > 0).flatMap(({ name }): OfferedChange[] => [
          { key: `rotate-log ${name} told`, label: `rotate the log of ${name}`, tried: { command: { kind: 'rotate-log', program: name, tellsWriter: true } } },
          { key: `rotate-log ${name}`, label: `rotate the log of ${name} without telling it`, tried: { command: { kind: 'rotate-log', program: name, tellsWriter: false } } },
        ]),
      ];

function groupChanges(host: os.HostSpec, group: os.HostGroupSpec): OfferedChange[] {
  const { name } = group;
  return [
    { key: `set-quota ${name}`, label: `CPU quota of ${name}`, tried: { command: { kind: 'set-quota', group: name, quotaMs: (group.quotaMs ?? 50) * 1.5, periodMs: PERIOD_MS } }, amount: { label: 'CPU time per 100 ms', unit: 'ms', min: 1, max: host.cpus * PERIOD_MS } },
    { key: `set-quota ${name} none`, label: `no CPU quota for ${name}`, tried: { command: { kind: 'set-quota', group: name, quotaMs: null, periodMs: PERIOD_MS } } },
    { key: `set-cpu-weight ${name}`, label: `CPU weight of ${name}`, tried: { command: { kind: 'set-cpu-weight', group: name, cpuWeight: 400 } }, amount: { label: 'cpu.weight', unit: 'default 100', min: 1, max: 10_000, whole: true } },
    { key: `set-memory-limit ${name}`, label: `memory limit of ${name}`, tried: { command: { kind: 'set-memory-limit', group: name, memoryLimitMib: Math.min(host.memoryMib, (group.memoryLimitMib ?? host.memoryMib / 4) * 2) } }, amount: { label: 'memory.max', unit: 'MiB', min: 1, max: host.memoryMib } },
    { key: `set-memory-high ${name}`, label: `memory.high of ${name}`, tried: { command: { kind: 'set-memory-high', group: name, memoryHighMib: Math.round(group.memoryHighMib ?? 0.8 * (group.memoryLimitMib ?? host.memoryMib / 2)) } }, amount: { label: 'memory.high', unit: 'MiB', min: 1, max: host.memoryMib } },
    ...(host.disk?.device === undefined ? [] : (['read', 'write'] as const).map((direction): OfferedChange => ({ key: `set-io-limit ${name} ${direction}`, label: `${direction === 'read' ? 'reading' : 'writing'} of ${name}`, tried: { command: { kind: 'set-io-limit', group: name, direction, mibPerSecond: 20, iops: null } }, amount: { label: 'io.max', unit: 'MiB/s', min: 1, max: 2_000 } }))),
    { key: `pin-group ${name}`, label: `${name} on the last CPU only`, tried: { command: { kind: 'pin-group', group: name, cpus: [host.cpus - 1] } } },
  ];
}
