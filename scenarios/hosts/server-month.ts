import type { HostQuestion } from '.';

const DAY = 86_400;

/** Thirty days of one server: nightly jobs, updates with a reboot, a certificate nobody renews, a change by hand, a leak and a log. */
export const serverMonth: HostQuestion = {
  id: 'month',
  name: 'Month',
  title: 'What does a month do to a server?',
  question: 'Backups at night, updates in the morning, a kernel that waits for Sunday, a certificate that ends on day 22, a quota set by hand on day 12, a log and a leak. What breaks, and does renewing on day 15 help?',
  seconds: 30 * DAY,
  sampleSeconds: 3_600,
  changeAtSeconds: 15 * DAY,
  host: {
    name: 'server-1',
    cpus: 2,
    memoryMib: 4_096,
    disk: { sizeMib: 40_000, usedMib: 21_000 },
    groups: [{ name: 'web', memoryLimitMib: 640 }, { name: 'db', memoryLimitMib: 1_536 }, { name: 'upkeep', cpuWeight: 20 }],
    programs: [
      { name: 'web', group: 'web', load: { kind: 'requests', rps: 0.012, lanes: 4, cpu: { meanMs: 30, cv: 0.7 }, wait: { meanMs: 12, law: 'exponential' } }, startUp: { cpuMs: 900, waitMs: 600 }, memoryMib: 220, fileCacheMib: 60, leakMibPerSecond: 0.00035, logMibPerSecond: 0.0065, restart: { delaySeconds: 2, longestSeconds: 60 } },
      { name: 'db', group: 'db', load: { kind: 'requests', rps: 0.015, lanes: 8, cpu: { meanMs: 9, law: 'exponential' }, wait: { meanMs: 6, law: 'exponential' } }, startUp: { cpuMs: 1_500, waitMs: 2_500 }, memoryMib: 1_100, fileCacheMib: 200, restart: { delaySeconds: 2, longestSeconds: 60 } },
      { name: 'backup', group: 'upkeep', load: { kind: 'cron', schedule: '30 2 * * *', cpuMs: 30_000 }, memoryMib: 90 },
      { name: 'logrotate', group: 'upkeep', load: { kind: 'cron', schedule: '@daily', cpuMs: 400 }, memoryMib: 5 },
      { name: 'apt', group: 'upkeep', load: { kind: 'updates', schedule: '10 6 * * *', downloadMibPerSecond: 8, unpackMsPerMib: 90 }, memoryMib: 60 },
    ],
    upkeep: {
      rebootSchedule: '0 4 * * sun',
      boot: {
        firmwareMs: 1_900, loaderMs: 600, kernelMs: 1_400, initrdMs: 1_100, goal: 'multi-user',
        units: [
          { name: 'udev', cpuMs: 350, waitMs: 250, after: [] },
          { name: 'filesystems', cpuMs: 80, waitMs: 900, after: ['udev'] },
          { name: 'network', cpuMs: 120, waitMs: 2_100, after: ['udev'] },
          { name: 'journald', cpuMs: 90, waitMs: 60, after: ['filesystems'] },
          { name: 'multi-user', cpuMs: 20, waitMs: 0, after: ['network', 'journald'] },
        ],
      },
      packages: [
        { name: 'openssl', mib: 6, releasedAtSeconds: 3.2 * DAY, usedBy: ['web', 'db'] },
        { name: 'linux-image', mib: 110, releasedAtSeconds: 8.5 * DAY, usedBy: [], needsReboot: true },
        { name: 'libc6', mib: 12, releasedAtSeconds: 17.4 * DAY, usedBy: ['web', 'db'], needsReboot: true },
      ],
      certificates: [
        { name: 'web-tls', program: 'web', notAfterSeconds: 22 * DAY, lifetimeDays: 90 },
        { name: 'db-tls', program: 'db', notAfterSeconds: 31 * DAY, lifetimeDays: 90, renewal: { atRemainingShare: 1 / 3, retryHours: 12 } },
      ],
      issuerOutages: [{ fromSeconds: 0.5 * DAY, toSeconds: 2.2 * DAY }],
      byHand: [{ atSeconds: 12 * DAY, command: { kind: 'set-quota', group: 'web', quotaMs: 20, periodMs: 100 } }],
    },
  },
  firstChange: { command: { kind: 'renew-certificate', certificate: 'web-tls' } },
};
