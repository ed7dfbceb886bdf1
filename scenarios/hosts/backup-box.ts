import type { HostQuestion } from '.';

export const backupBox: HostQuestion = {
  id: 'backup',
  name: 'Backup',
  title: 'Who waits while the backup runs?',
  question: 'Each minute a backup reads 3 GB from the disk that the shop reads its catalogue from and writes its orders to. What does a limit on its reading do to the shop, and to the time it takes?',
  host: {
    name: 'edge-7',
    cpus: 2,
    memoryMib: 1_024,
    disk: { sizeMib: 40_000, usedMib: 12_000, device: { readLatencyMs: 0.4, writeLatencyMs: 0.8, readMibPerSecond: 250, writeMibPerSecond: 200, flushMs: 1.5, iops: 3_000, queueDepth: 32 } },
    groups: [{ name: 'shop', memoryLimitMib: 200 }, { name: 'upkeep' }],
    programs: [
      { name: 'shop', group: 'shop', load: { kind: 'requests', rps: 60, lanes: 8, cpu: { meanMs: 3, cv: 0.5 }, disk: { fileReads: 2, writeKib: 8, fsync: true } }, startUp: { cpuMs: 200, waitMs: 150 }, memoryMib: 90, fileCacheMib: 600, logMibPerSecond: 0.2, restart: { delaySeconds: 1, longestSeconds: 30 } },
      { name: 'backup', group: 'upkeep', load: { kind: 'backup', schedule: '* * * * *', mib: 3_000, windowHours: 0.01, cpuMsPerMib: 0.4 }, memoryMib: 40 },
    ],
  },
  firstChange: { command: { kind: 'set-io-limit', group: 'upkeep', direction: 'read', mibPerSecond: 60, iops: null } },
  seconds: 120,
  changeAtSeconds: 50,
};
