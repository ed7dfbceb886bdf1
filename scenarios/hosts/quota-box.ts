import type { HostQuestion } from '.';

export const quotaBox: HostQuestion = {
  id: 'quota',
  name: 'Quota',
  title: 'A quota that fits on average',
  question: 'The service uses 36 % of a core and has a quota of 40 %. What does that do to p99, and what does 60 % change?',
  host: {
    name: 'edge-1',
    cpus: 2,
    memoryMib: 2_048,
    groups: [{ name: 'api', quotaMs: 40, memoryLimitMib: 256 }, { name: 'system', cpuWeight: 100 }],
    programs: [
      { name: 'api', group: 'api', load: { kind: 'requests', rps: 45, lanes: 4, cpu: { meanMs: 8, law: 'exponential' } }, startUp: { cpuMs: 300, waitMs: 200 }, memoryMib: 120, fileCacheMib: 40, restart: { delaySeconds: 1, longestSeconds: 30 } },
      { name: 'journal', group: 'system', load: { kind: 'timer', everySeconds: 0.5, cpuMs: 4 }, memoryMib: 30 },
    ],
  },
  firstChange: { command: { kind: 'set-quota', group: 'api', quotaMs: 60, periodMs: 100 } },
};
