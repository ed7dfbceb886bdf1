/**
 * Claims that other systems make of hosts, each lived under several conditions: a container starts in 100 ms, a host boots in 5 s,
 * a disk was remediated, a low hit rate is cured by clearing the cache, two limit rules settle. What each is lived with is invented; the
 * rules' numbers (age of a week, 70 %, 600 s, three times an hour, 2 and 1.5 cores) are those of the systems that make the claims.
 */
import { os } from '@/engine/twin';

const { claims, findings } = os;
const MIB = 1_048_576;
const DAY_US = 86_400e6;

/** `found`: what the twin's findings say while the claim is lived. */
export type SeedClaim = os.claims.ClaimReport & { readonly title: string; readonly found: readonly string[] };
type Case = { readonly condition: string; readonly value: number };

const words = (found: readonly os.findings.HostFinding[]) => found.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`);

function containerStart(seed: number): SeedClaim {
  const start = { program: 'nginx', layers: [{ digest: 'base', compressedBytes: 30 * MIB, bytes: 80 * MIB }, { digest: 'nginx', compressedBytes: 18 * MIB, bytes: 50 * MIB }], pull: { downloadBytesPerSecond: 60 * MIB, unpackBytesPerSecond: 250 * MIB, registryMs: 150 } };
  return { title: 'A container starts in under 100 ms', ...claims.containerStartClaim(start, seed), found: [] };
}

const BOOT: os.processes.BootSpec = {
  firmwareMs: 300, loaderMs: 150, kernelMs: 700, initrdMs: 450, cpus: 4, goal: 'multi-user',
  units: [
    { name: 'udev', cpuMs: 250, waitMs: 250, after: [] }, { name: 'local-fs', cpuMs: 60, waitMs: 250, after: ['udev'] }, { name: 'network', cpuMs: 120, waitMs: 650, after: ['udev'] },
    { name: 'journal', cpuMs: 150, waitMs: 100, after: ['local-fs'] }, { name: 'containerd', cpuMs: 350, waitMs: 150, after: ['network', 'local-fs'] }, { name: 'agents', cpuMs: 900, waitMs: 200, after: ['network', 'journal'] },
    { name: 'multi-user', cpuMs: 0, waitMs: 0, after: ['containerd', 'agents'] },
  ],
};

const boot = (): SeedClaim => ({
  title: 'A host boots in under 5 s',
  ...claims.bootClaim(BOOT, [
    { condition: 'virtual machine, 4 CPUs', cpus: 4, slowerDisk: 1, firmwareMs: 300 },
    { condition: 'virtual machine, 1 CPU, slow disk', cpus: 1, slowerDisk: 3, firmwareMs: 300 },
    { condition: 'bare metal, 16 CPUs', cpus: 16, slowerDisk: 1, firmwareMs: 9_000 },
  ]),
  found: [],
});

/** Days on which the disk stayed above 80 % although the rule said it was remediated. */
function remediated(): SeedClaim {
  const live = (logMib: number, temporaryMib: number) => claims.runDiskRemedy({ capacityBytes: 1_000 * MIB, logBytesPerDay: logMib * MIB, temporaryBytesPerDay: temporaryMib * MIB, thresholdPercent: 80, rule: { under: '/tmp', olderThanUs: 7 * DAY_US }, days: 40 });
  const [byLog, byFiles] = [live(30, 1), live(1, 70)];
  const cases: Case[] = [{ condition: 'an open log fills the disk', value: byLog.daysAboveAfterRemedy }, { condition: 'temporary files fill it', value: byFiles.daysAboveAfterRemedy }];
  return { title: 'Deleting week-old temporary files remediates a full disk', ...claims.judge('disk remedy', 0, 'days above 80 % after "remediated"', cases), found: words([byLog, byFiles].flatMap(({ records }) => findings.findIneffectiveCleanUps('/', records.slice(-2), 80))) };
}

/** Share of requests that miss the cache in the last of four hours. */
function clearCache(seed: number): SeedClaim {
  const slow: os.claims.CacheSpec = { keys: 20_000, capacity: 10_000, zipf: 0.8, requestsPerSecond: 6 };
  const fast: os.claims.CacheSpec = { ...slow, keys: 2_000, capacity: 1_800, requestsPerSecond: 60 };
  const [cleared, left, quick] = [claims.runCache(slow, claims.SEED_RULE, 14_400, seed), claims.runCache(slow, null, 14_400, seed), claims.runCache(fast, claims.SEED_RULE, 7_200, seed)];
  const missed = ({ rates }: os.claims.CacheRun) => 1 - rates.slice(-60).reduce((sum, { hitRate }) => sum + hitRate, 0) / 60;
  const cases: Case[] = [{ condition: 'it warms in longer than the cool-down', value: missed(cleared) }, { condition: 'the same, the rule switched off', value: missed(left) }, { condition: 'it warms within the cool-down', value: missed(quick) }];
  return { title: 'Clearing a cache with a hit rate below 70 % brings it above', ...claims.judge('cache clearing', 0.3, 'share of misses', cases), found: words(findings.findCacheSpiral('cache', cleared.rates, cleared.clearedAt, 0.7)) };
}

/** How often a limit went back to what it had been, in an hour. */
function limitRules(): SeedClaim {
  const [both, alone] = [claims.runRules(claims.SEED_RULES, { cpu: 2.5, memoryGib: 7.5 }, { cpu: 1, memoryGib: 2 }, 3_600), claims.runRules(claims.SEED_RULES, { cpu: 2.5, memoryGib: 1 }, { cpu: 1, memoryGib: 2 }, 3_600)];
  const duels = [both, alone].map(({ changes }) => findings.findDuels(changes));
  const cases = ['much CPU and much memory are wanted', 'only CPU is wanted'].map((condition, i): Case => ({ condition, value: duels[i]!.reduce((sum, { value }) => sum + (value ?? 0), 0) }));
  return { title: 'Two rules that each set CPU and memory limits settle', ...claims.judge('limit rules', 0, 'times undone', cases), found: words([...findings.findConflicts(claims.SEED_RULES), ...duels.flat()]) };
}

export const seedClaims = (seed: number): readonly SeedClaim[] => [containerStart(seed), boot(), remediated(), clearCache(seed), limitRules()];
