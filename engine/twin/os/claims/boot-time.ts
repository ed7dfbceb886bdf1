/** "Boots in under 5 s." The same system on more or fewer CPUs, on a fast and on a slow disk (which stretches the waiting), as a virtual machine or on metal. */
import { bootHost, type BootSpec } from '../process';
import { judge, type ClaimReport } from './claim';

export const BOOT_SECONDS = 5;
export type BootVariant = { readonly condition: string; readonly cpus: number; /** Factor on all waiting. */ readonly slowerDisk: number; readonly firmwareMs: number };

export function bootClaim(spec: BootSpec, variants: readonly BootVariant[]): ClaimReport {
  return judge('boot', BOOT_SECONDS, 's', variants.map(({ condition, cpus, slowerDisk, firmwareMs }) => {
    const report = bootHost({ ...spec, cpus, firmwareMs, initrdMs: spec.initrdMs * slowerDisk, units: spec.units.map((unit) => ({ ...unit, waitMs: unit.waitMs * slowerDisk })) });
    return { condition, value: report.ok ? report.value.totalMs / 1_000 : Infinity };
  }));
}
