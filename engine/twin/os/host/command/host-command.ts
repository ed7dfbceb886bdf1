/** What can be done to a host: one closed union, with what repeating a command does. */
export type HostCommand =
  | { readonly kind: 'set-cpu-weight'; readonly group: string; readonly cpuWeight: number }
  | { readonly kind: 'set-quota'; readonly group: string; readonly quotaMs: number | null; readonly periodMs: number }
  | { readonly kind: 'set-memory-limit'; readonly group: string; readonly memoryLimitMib: number | null }
  /** `memory.high`: above it tasks are made to sleep; null: none. */
  | { readonly kind: 'set-memory-high'; readonly group: string; readonly memoryHighMib: number | null }
  /** `io.max` in one direction; null: none. */
  | { readonly kind: 'set-io-limit'; readonly group: string; readonly direction: 'read' | 'write'; readonly mibPerSecond: number | null; readonly iops: number | null }
  | { readonly kind: 'pin-group'; readonly group: string; readonly cpus: readonly number[] }
  | { readonly kind: 'renice-program'; readonly program: string; readonly nice: number }
  | { readonly kind: 'move-program'; readonly program: string; readonly group: string }
  /** To another host of the system, into a group of it. */
  | { readonly kind: 'migrate-program'; readonly program: string; readonly toHost: string; readonly toGroup: string }
  | { readonly kind: 'restart-program'; readonly program: string }
  | { readonly kind: 'stop-program'; readonly program: string }
  /** Deletes logs and old logs; what is open keeps its blocks. */
  | { readonly kind: 'clean-up-logs' }
  /** A new log for a program; `tellsWriter` makes it let go of the old one. */
  | { readonly kind: 'rotate-log'; readonly program: string; readonly tellsWriter: boolean }
  /** A new certificate now; the issuer must answer. */
  | { readonly kind: 'renew-certificate'; readonly certificate: string }
  /** What was released is installed now instead of at its time. */
  | { readonly kind: 'apply-updates' }
  /** Suspends to RAM after so much time with nothing to do; null: never. */
  | { readonly kind: 'set-suspend'; readonly afterSeconds: number | null }
  | { readonly kind: 'reboot-host' };

export type HostRefusal =
  | { readonly code: 'not-found'; readonly what: 'group' | 'program' | 'certificate' | 'host'; readonly name: string }
  | { readonly code: 'out-of-range'; readonly what: string; readonly value: number; readonly min: number; readonly max: number }
  /** None that it knows, or one that is not timed. */
  | { readonly code: 'no-disk' }
  /** Nobody can act on a host that is off. */
  | { readonly code: 'no-power' }
  | { readonly code: 'read-only' }
  /** The host's power model knows no suspended state. */
  | { readonly code: 'no-suspend' }
  /** It belongs to its host. */
  | { readonly code: 'bound'; readonly program: string }
  /** There is one of that name already. */
  | { readonly code: 'taken'; readonly program: string; readonly host: string }
  /** No program of the host installs updates. */
  | { readonly code: 'no-updater' }
  /** Whoever signs does not answer. */
  | { readonly code: 'no-issuer'; readonly certificate: string };

/** B: repeating is harmless. C: repeating does it once more, so an unknown outcome needs a human. */
export const hostEffectClass = ({ kind }: HostCommand): 'B' | 'C' => (kind === 'migrate-program' || kind === 'restart-program' || kind === 'reboot-host' || kind === 'rotate-log' || kind === 'renew-certificate' ? 'C' : 'B');

/** The command that brings back what was; null when nothing can (a restart). */
export type HostUndo = HostCommand | null;
