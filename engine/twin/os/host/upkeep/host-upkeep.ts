/** The running state of a host's upkeep, at its start. */
import { invariant } from '@/engine/kernel';
import type { Snapshot } from '../../filesystem';
import { bootHost, type BootSpec, type Certificate } from '../../process';
import { HostCall } from '../host-call';
import { callAt } from '../../cpu';
import type { HostSpec } from '../spec/host-spec';
import type { HostWorld } from '../host-world';
import { nextRunUs } from './calendar';
import { planEviction } from './evict-program';
import { scheduleCertificates } from './keep-certificates';
import { planSnapshots } from './keep-snapshots';
import { planRotation } from './rotate-logs';
import type { PackageSpec } from './upkeep-spec';

export type HostUpkeep = {
  /** µs since the Unix epoch at the host's start, by its own clock. */
  epochUs: number;
  readonly bootUs: number;
  /** Names of the packages that are on the disk in their new version. */
  installed: string[];
  /** Programs that still run what was there before. */
  stale: string[];
  rebootNeeded: boolean;
  /** Oldest first. */
  snapshots: Snapshot[];
  snapshotsTaken: number;
  certificates: (Certificate & { readonly program: string })[];
  /** What the configuration says, key by key; commands that are in order change it, what is done by hand does not. */
  wanted: Record<string, string>;
};

const DAY_US = 86_400e6;
const DEFAULT_EPOCH_SECONDS = 1_767_571_200; // 2026-01-05 00:00 UTC
/** Firmware, kernel and init of a small virtual machine; a start-up of its own is what each program adds. */
const BOOT_US = 4_000_000;

/** `spec` has passed `parseHost`, so its boot has neither cycles nor unknown units. */
export function compileUpkeep({ upkeep, cpus }: HostSpec): HostUpkeep {
  return {
    epochUs: (upkeep?.startsAtUnixSeconds ?? DEFAULT_EPOCH_SECONDS) * 1e6,
    bootUs: upkeep?.boot === undefined ? BOOT_US : bootTimeUs({ ...upkeep.boot, cpus }),
    installed: [],
    stale: [],
    rebootNeeded: false,
    snapshots: [],
    snapshotsTaken: 0,
    certificates: (upkeep?.certificates ?? []).map(({ name, program, notAfterSeconds, lifetimeDays }) => ({ name, program, notBeforeUs: notAfterSeconds * 1e6 - lifetimeDays * DAY_US, notAfterUs: notAfterSeconds * 1e6 })),
    wanted: {},
  };
}

function bootTimeUs(spec: BootSpec): number {
  const boot = bootHost(spec);
  invariant(boot.ok, 'a boot that was read can be lived');
  return boot.value.totalMs * 1_000;
}

/** Timers of everything that upkeep does by itself. */
export function startUpkeep(world: HostWorld): void {
  const { spec, cpu } = world;
  (spec.upkeep?.byHand ?? []).forEach(({ atSeconds }, i) => callAt(cpu, atSeconds * 1e6, HostCall.byHand, i));
  scheduleCertificates(world);
  planRotation(world);
  planSnapshots(world);
  planEviction(world);
  callReboot(world);
}

/** The next moment at which the host may reboot. */
export function callReboot(world: HostWorld): void {
  const schedule = world.spec.upkeep?.rebootSchedule;
  const at = schedule === undefined ? null : nextRunUs(world, schedule);
  if (at !== null) callAt(world.cpu, at, HostCall.mayReboot);
}

/** Released and not installed. */
export const pendingPackages = ({ spec, upkeep, cpu }: HostWorld): readonly PackageSpec[] =>
  (spec.upkeep?.packages ?? []).filter(({ name, releasedAtSeconds }) => releasedAtSeconds * 1e6 <= cpu.nowUs && !upkeep.installed.includes(name));
