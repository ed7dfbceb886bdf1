import type { HostQuestion } from '.';

/** A small gateway on a battery: a few requests a minute and a job every twenty seconds. Its watts are those of a single-board computer, set by hand. */
export const sensorBox: HostQuestion = {
  id: 'sleep',
  name: 'Sleep',
  title: 'Is it worth letting it sleep?',
  question: 'The gateway answers six requests a minute and draws 2.7 W with nothing to do. Suspended it draws 0.25 W, but takes 900 ms to come back. What does that save, and who waits for it?',
  seconds: 300,
  sampleSeconds: 1,
  changeAtSeconds: 60,
  host: {
    name: 'edge-5',
    cpus: 2,
    memoryMib: 512,
    groups: [{ name: 'gateway', memoryLimitMib: 256 }, { name: 'upkeep' }],
    programs: [
      { name: 'gateway', group: 'gateway', load: { kind: 'requests', rps: 0.1, lanes: 1, cpu: { meanMs: 40, cv: 0.6 }, wait: { meanMs: 30, law: 'exponential' } }, startUp: { cpuMs: 200, waitMs: 100 }, memoryMib: 60, restart: { delaySeconds: 1, longestSeconds: 30 } },
      { name: 'collector', group: 'upkeep', load: { kind: 'timer', everySeconds: 20, cpuMs: 120 }, memoryMib: 20 },
    ],
    power: { idleWatts: 2.7, maxWatts: 6.4, deepIdle: { watts: 1.9, afterMs: 20 }, suspend: { watts: 0.25, afterSeconds: 3_600, resumeMs: 900, resumeWatts: 4 } },
  },
  firstChange: { command: { kind: 'set-suspend', afterSeconds: 2 } },
};
