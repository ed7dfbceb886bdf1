/**
 * Package updates: download and unpack, then services that use what changed must restart, and a kernel or a libc needs a reboot. Until then
 * the old code runs on (needrestart), whatever the package manager reports.
 */
export type Package = { readonly name: string; readonly version: string; readonly bytes: number; /** Services that have it loaded. */ readonly usedBy: readonly string[]; readonly needsReboot: boolean };
export type UpdatePlan = { readonly downloadSeconds: number; readonly unpackSeconds: number; readonly restarts: readonly string[]; readonly reboot: boolean };

export function planUpdate(packages: readonly Package[], downloadBytesPerSecond: number, unpackBytesPerSecond: number): UpdatePlan {
  const bytes = packages.reduce((sum, each) => sum + each.bytes, 0);
  const restarts = [...new Set(packages.flatMap(({ usedBy }) => usedBy))].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  return { downloadSeconds: bytes / downloadBytesPerSecond, unpackSeconds: bytes / unpackBytesPerSecond, restarts, reboot: packages.some(({ needsReboot }) => needsReboot) };
}
