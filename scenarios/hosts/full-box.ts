import type { HostQuestion } from '.';

export const fullBox: HostQuestion = {
  id: 'disk',
  name: 'Disk',
  title: 'When is the disk full, and does the clean-up help?',
  question: 'The service logs 14 MiB a second. Deleting the logs at 15 s says it is done. Is it? Compare with rotating and telling the writer.',
  host: {
    name: 'edge-4',
    cpus: 2,
    memoryMib: 1_024,
    disk: { sizeMib: 1_000, usedMib: 420 },
    groups: [{ name: 'api', memoryLimitMib: 256 }],
    programs: [
      { name: 'api', group: 'api', load: { kind: 'requests', rps: 50, lanes: 2, cpu: { meanMs: 6, cv: 0.6 } }, startUp: { cpuMs: 250, waitMs: 150 }, memoryMib: 90, logMibPerSecond: 14, restart: { delaySeconds: 2, longestSeconds: 30 } },
    ],
  },
  firstChange: { command: { kind: 'clean-up-logs' } },
};
