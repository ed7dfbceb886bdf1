import type { HostQuestion } from '.';

export const leakyBox: HostQuestion = {
  id: 'leak',
  name: 'Leak',
  title: 'Will 512 MiB kill it?',
  question: 'The worker leaks 9 MiB a second under a limit of 256 MiB. When does it die, how long is it away, and does 512 MiB help?',
  host: {
    name: 'edge-3',
    cpus: 2,
    memoryMib: 1_024,
    groups: [{ name: 'worker', memoryLimitMib: 256 }, { name: 'db', memoryLimitMib: 400 }],
    programs: [
      { name: 'worker', group: 'worker', load: { kind: 'requests', rps: 30, lanes: 2, cpu: { meanMs: 12, cv: 0.5 } }, startUp: { cpuMs: 800, waitMs: 700 }, memoryMib: 90, fileCacheMib: 30, leakMibPerSecond: 9, restart: { delaySeconds: 2, longestSeconds: 60 } },
      { name: 'db', group: 'db', load: { kind: 'requests', rps: 60, lanes: 8, cpu: { meanMs: 3, law: 'exponential' }, wait: { meanMs: 4, law: 'exponential' } }, startUp: { cpuMs: 200, waitMs: 300 }, memoryMib: 300, fileCacheMib: 80, restart: { delaySeconds: 1, longestSeconds: 30 } },
    ],
  },
  firstChange: { command: { kind: 'set-memory-limit', group: 'worker', memoryLimitMib: 512 } },
};
