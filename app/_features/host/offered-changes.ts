/** The changes a person may try on a host, each with the one number it takes. */
import type { os } from '@/engine/twin';

type Amount = { readonly label: string; readonly unit: string; readonly min: number; readonly max: number; readonly step: number; readonly of: (command: os.HostCommand) => number };
export type OfferedChange = { readonly key: string; readonly label: string; readonly command: os.HostCommand; readonly amount?: Amount };

const PERIOD_MS = 100;

export function changesOf(host: os.HostSpec): readonly OfferedChange[] {
  return [
    ...host.groups.flatMap((group) => groupChanges(host, group)),
    ...host.programs.flatMap(({ name }): OfferedChange[] => [
      { key: `renice-program ${name}`, label: `nice of ${name}`, command: { kind: 'renice-program', program: name, nice: 10 }, amount: { label: 'nice', unit: '−20 first, 19 last', min: -20, max: 19, step: 1, of: (command) => (command.kind === 'renice-program' ? command.nice : 0) } },
      { key: `restart-program ${name}`, label: `restart ${name}`, command: { kind: 'restart-program', program: name } },
      { key: `stop-program ${name}`, label: `stop ${name}`, command: { kind: 'stop-program', program: name } },
    ]),
    ...diskChanges(host),
    ...upkeepChanges(host),
    { key: 'reboot-host ', label: 'reboot the host', command: { kind: 'reboot-host' } },
  ];
}

const upkeepChanges = ({ upkeep, programs }: os.HostSpec): OfferedChange[] => [
  ...(upkeep?.certificates ?? []).map(({ name }): OfferedChange => ({ key: `renew-certificate ${name}`, label: `renew the certificate ${name}`, command: { kind: 'renew-certificate', certificate: name } })),
  ...(programs.some(({ load }) => load.kind === 'updates') ? [{ key: 'apply-updates ', label: 'install what was released', command: { kind: 'apply-updates' as const } }] : []),
];

const diskChanges = (host: os.HostSpec): OfferedChange[] =>
  host.disk === undefined
    ? []
    : [
        { key: 'clean-up-logs ', label: 'delete the logs', command: { kind: 'clean-up-logs' } },
        ...host.programs.filter(({ logMibPerSecond = 0 }) => logMibPerSecond > 0).flatMap(({ name }): OfferedChange[] => [
          { key: `rotate-log ${name} told`, label: `rotate the log of ${name}`, command: { kind: 'rotate-log', program: name, tellsWriter: true } },
          { key: `rotate-log ${name}`, label: `rotate the log of ${name} without telling it`, command: { kind: 'rotate-log', program: name, tellsWriter: false } },
        ]),
      ];

function groupChanges(host: os.HostSpec, group: os.HostGroupSpec): OfferedChange[] {
  const { name } = group;
  return [
    { key: `set-quota ${name}`, label: `CPU quota of ${name}`, command: { kind: 'set-quota', group: name, quotaMs: (group.quotaMs ?? 50) * 1.5, periodMs: PERIOD_MS }, amount: { label: 'CPU time per 100 ms', unit: 'ms', min: 1, max: host.cpus * PERIOD_MS, step: 5, of: (command) => (command.kind === 'set-quota' ? (command.quotaMs ?? 0) : 0) } },
    { key: `set-quota ${name} none`, label: `no CPU quota for ${name}`, command: { kind: 'set-quota', group: name, quotaMs: null, periodMs: PERIOD_MS } },
    { key: `set-cpu-weight ${name}`, label: `CPU weight of ${name}`, command: { kind: 'set-cpu-weight', group: name, cpuWeight: 400 }, amount: { label: 'cpu.weight', unit: 'default 100', min: 1, max: 10_000, step: 50, of: (command) => (command.kind === 'set-cpu-weight' ? command.cpuWeight : 100) } },
    { key: `set-memory-limit ${name}`, label: `memory limit of ${name}`, command: { kind: 'set-memory-limit', group: name, memoryLimitMib: Math.min(host.memoryMib, (group.memoryLimitMib ?? host.memoryMib / 4) * 2) }, amount: { label: 'memory.max', unit: 'MiB', min: 1, max: host.memoryMib, step: 32, of: (command) => (command.kind === 'set-memory-limit' ? (command.memoryLimitMib ?? 0) : 0) } },
    { key: `pin-group ${name}`, label: `${name} on the last CPU only`, command: { kind: 'pin-group', group: name, cpus: [host.cpus - 1] } },
  ];
}

export function withAmount(command: os.HostCommand, value: number): os.HostCommand {
  switch (command.kind) {
    case 'set-quota':
      return { ...command, quotaMs: value };
    case 'set-cpu-weight':
      return { ...command, cpuWeight: value };
    case 'set-memory-limit':
      return { ...command, memoryLimitMib: value };
    case 'renice-program':
      return { ...command, nice: Math.round(value) };
    default:
      return command;
  }
}
