import type { HostQuestion } from '.';

export const probeBox: HostQuestion = {
  id: 'probe',
  name: 'Probe',
  title: 'Does the probe heal it, or kill it?',
  question: 'A liveness probe waits for the one event loop that all requests wait for. A little too much load, and the probe is late three times: the kubelet restarts it, later each time. Does more quota end the loop?',
  seconds: 180,
  host: {
    name: 'node-7',
    cpus: 1,
    memoryMib: 1_024,
    disk: { sizeMib: 8_000, usedMib: 2_000 },
    registry: { downloadMibPerSecond: 40, unpackMibPerSecond: 120, answerMs: 200 },
    groups: [{ name: 'api', quotaMs: 40, memoryLimitMib: 256 }],
    programs: [
      {
        name: 'api', group: 'api', load: { kind: 'requests', rps: 62, lanes: 1, cpu: { meanMs: 8, cv: 0.6 } }, startUp: { cpuMs: 250, waitMs: 100, warmUpCpuMs: 150 }, memoryMib: 90,
        image: { name: 'shop/api:4', layers: [{ digest: 'debian', compressedMib: 30, mib: 80 }, { digest: 'node', compressedMib: 42, mib: 130 }, { digest: 'app', compressedMib: 6, mib: 20 }] },
        restart: { supervisor: 'kubelet' }, stop: { handlesTerm: 'drains', graceSeconds: 5 },
        probes: { startup: { periodSeconds: 1, failureThreshold: 30 }, readiness: { periodSeconds: 2 }, liveness: { periodSeconds: 3, timeoutSeconds: 1, failureThreshold: 3 } },
      },
    ],
  },
  firstChange: { command: { kind: 'set-quota', group: 'api', quotaMs: 80, periodMs: 100 } },
};
