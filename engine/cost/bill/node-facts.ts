/** What a node is, found by its name: one of the system, or one that a node group bought. Its list price: the book's where the system names one that knows the machine, else the stated one. */
import type { SystemSpec } from '@/engine/twin';
import { DEFAULT_RATES } from '../allocation/allocate-node';
import { machinePrice } from '../prices/machine-price';
import { LATEST_DAY, type PriceBook } from '../prices/price-book';

const GPU = /\/gpu$/;

export type NodeFacts = {
  readonly node: string;
  readonly zone: string;
  readonly instanceType: string;
  readonly spot: boolean;
  readonly cores: number;
  readonly memoryGib: number;
  readonly gpus: number;
  readonly microUsdPerHour: number;
  /** Null where the price is the system's own statement. */
  readonly priceSource: string | null;
  readonly idleWatts: number | null;
};

export type PriceChoice = { readonly book: PriceBook | null; readonly on?: string; readonly region?: string };

/** Null for a node that nobody described. */
export function nodeFacts({ nodes, cluster }: SystemSpec, name: string, { book, on = LATEST_DAY, region }: PriceChoice): NodeFacts | null {
  const spec = nodes.find((node) => node.name === name) ?? cluster?.nodeGroups?.find((group) => name.startsWith(`${group.name}-`));
  if (spec === undefined) return null;
  const { zone = '', instanceType = '', spot = false, cpuMillicores, memoryMib, usdPerHour, resources = {}, idleWatts } = spec;
  const listed = book === null || instanceType === '' ? null : machinePrice(book, instanceType, { on, region, purchase: spot ? 'spot' : 'on-demand' });
  return {
    node: name,
    zone,
    instanceType,
    spot,
    cores: cpuMillicores / 1_000,
    memoryGib: memoryMib / 1_024,
    gpus: Object.entries(resources).reduce((sum, [key, pieces]) => sum + (GPU.test(key) ? pieces : 0), 0),
    microUsdPerHour: listed?.ok === true ? listed.value.microUsdPerHour : Math.round(usdPerHour * 1e6),
    priceSource: listed?.ok === true ? listed.value.source : null,
    idleWatts: idleWatts ?? null,
  };
}

/** Share of a node's price that is for its cores: list rates set the ratio. */
export function cpuShareOf({ cores, memoryGib, gpus }: Pick<NodeFacts, 'cores' | 'memoryGib' | 'gpus'>): number {
  const { coreHour, gibHour, gpuHour } = DEFAULT_RATES;
  const whole = cores * coreHour + memoryGib * gibHour + gpus * gpuHour;
  return whole === 0 ? 1 : (cores * coreHour + gpus * gpuHour) / whole;
}
