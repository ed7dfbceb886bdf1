/** A recommendation held between the bounds of its policy; what the policy does not control stays as it is. */
import type { Amounts, ContainerRecommendation } from '../../kubernetes';
import type { VpaSpec } from '../spec';

const MIB = 1_048_576;

export function withinPolicy(found: ContainerRecommendation, { minAllowed = {}, maxAllowed = {}, controls = ['cpu', 'memory'] }: VpaSpec, now: Amounts): ContainerRecommendation {
  const clamp = (value: number, min = 0, max = Infinity) => Math.min(max, Math.max(min, value));
  const hold = ({ cpuMillicores, memoryBytes }: Amounts): Amounts => ({
    cpuMillicores: controls.includes('cpu') ? clamp(cpuMillicores, minAllowed.cpuMillicores, maxAllowed.cpuMillicores) : now.cpuMillicores,
    memoryBytes: controls.includes('memory') ? clamp(memoryBytes, (minAllowed.memoryMib ?? 0) * MIB, (maxAllowed.memoryMib ?? Infinity) * MIB) : now.memoryBytes,
  });
  return { target: hold(found.target), lower: hold(found.lower), upper: hold(found.upper) };
}
