/**
 * Money, energy and carbon of a run after its warm-up. Where the system says nothing about prices or its grid, money is
 * the nodes' prices, energy their power, and carbon what that energy costs where its zones stand (on the average grid of
 * the world where no zone says it); else all three are those of the whole bill.
 */
import { billOfFrames, gridOf, type Bill } from '@/engine/cost';
import { toSeconds } from '@/engine/kernel';
import type { World } from '@/engine/twin';
import type { Frame } from '@/engine/telemetry';
import type { Kpi, RunReport } from './run-report';
import type { ScenarioSpec } from './scenario-spec';

export type RunCosts = Pick<RunReport, 'costUsd' | 'energyKwh' | 'carbonKg' | 'bill'>;

const MILLIJOULES_PER_KWH = 3.6e9;

export function costsOfRun({ system }: ScenarioSpec, world: World, frames: readonly Frame[]): RunCosts {
  const metered = system.nodes.some((node) => node.maxWatts !== undefined || node.idleWatts !== undefined) || (system.hosts ?? []).some(({ power }) => power !== undefined);
  const energyKwh = metered ? world.infra.milliwattsTimesUs / 3.6e15 : null;
  const costUsd = world.infra.microUsdTimesUs / 1e6 / 3.6e9;
  if (system.prices === undefined && system.carbon === undefined) return { costUsd, energyKwh, carbonKg: energyKwh === null ? null : (energyKwh * meanOfZones(system.nodes.map(({ zone = '' }) => zone))) / 1_000 };
  const bill = billOfFrames({ system, frames: frames.filter(({ atUs }) => atUs > world.warmUpUs), startsSeconds: toSeconds(world.warmUpUs) });
  return {
    costUsd: bill.total / 1e6,
    energyKwh: bill.energy === null ? energyKwh : bill.energy.total / MILLIJOULES_PER_KWH,
    carbonKg: bill.carbon === null ? null : (bill.carbon.operationalG + bill.carbon.embodiedG) / 1_000,
    bill,
  };
}

/** Every node weighs the same: without a bill nobody asked which of them drew what. */
const meanOfZones = (zones: readonly string[]) => zones.reduce((sum, zone) => sum + gridOf(undefined, zone).gramsPerKwh[0]!, 0) / Math.max(1, zones.length);

/** Figures of a bill; `cost` stands in place of the nodes' prices alone. */
export function billKpis(bill: Bill): Record<string, Kpi> {
  const hours = Math.max(1 / 3_600, bill.hours);
  return {
    cost: { value: bill.total / 1e6 / hours, unit: '$/h' },
    'cost.idleShare': { value: bill.total === 0 ? null : Object.values(bill.idle).reduce((sum, part) => sum + part, 0) / bill.total, unit: 'share' },
    ...(bill.coverage === null ? {} : { 'cost.coverage': { value: bill.coverage, unit: 'share' } }),
    ...(bill.utilization === null ? {} : { 'cost.utilization': { value: bill.utilization, unit: 'share' } }),
    ...(bill.carbon === null ? {} : { carbon: { value: (bill.carbon.operationalG + bill.carbon.embodiedG) / hours, unit: 'g/h' } }),
  };
}
