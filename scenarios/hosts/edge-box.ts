import type { HostQuestion } from '.';

export const edgeBox: HostQuestion = {
  id: 'neighbour',
  name: 'Neighbour',
  title: 'Who steals my CPU?',
  question: 'A batch job with three threads shares one core with the service. Whose time is it, and what does a weight of 800 give back?',
  host: {
    name: 'edge-2',
    cpus: 1,
    memoryMib: 1_024,
    groups: [{ name: 'api', memoryLimitMib: 256 }, { name: 'batch', cpuWeight: 100 }],
    programs: [
      { name: 'api', group: 'api', load: { kind: 'requests', rps: 40, lanes: 2, cpu: { meanMs: 9, cv: 0.7 } }, startUp: { cpuMs: 150, waitMs: 100 }, memoryMib: 100, restart: { delaySeconds: 1, longestSeconds: 30 } },
      { name: 'reindex', group: 'batch', load: { kind: 'busy', threads: 3 }, memoryMib: 80 },
      { name: 'cron', group: 'batch', load: { kind: 'timer', everySeconds: 5, cpuMs: 400 }, memoryMib: 15 },
    ],
  },
  firstChange: { command: { kind: 'set-cpu-weight', group: 'api', cpuWeight: 800 } },
};
