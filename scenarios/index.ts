/** Every question that ships with the product; the first one is the demo. */
import type { ScenarioSpec } from '@/engine/scenario';
import { blackFriday } from './black-friday';
import { consolidation } from './consolidation';
import { demo } from './demo';
import { doubleTraffic } from './double-traffic';
import { drainTwoNodes } from './drain-two-nodes';
import { edgeHosts } from './edge-hosts';
import { edgePartition } from './edge-partition';
import { gateLoss } from './gate-loss';
import { halveTheCost } from './halve-the-cost';
import { identityOutage } from './identity-outage';
import { memoryLeak } from './memory-leak';
import { nodeLoss } from './node-loss';
import { noisyNeighbour } from './noisy-neighbour';
import { quotaSqueeze } from './quota-squeeze';
import { retryStorm } from './retry-storm';
import { rightSize } from './right-size';
import { rushPredictive } from './rush-predictive';
import { rushReactive } from './rush-reactive';
import { slowStore } from './slow-store';
import { spotReclaimWave } from './spot-reclaim-wave';
import { zoneLoss } from './zone-loss';

export { cloudShop } from './cloud-shop';
export { kiosks } from './kiosks';
export { shop } from './shop';

export const scenarios: readonly ScenarioSpec[] = [
  demo,
  nodeLoss,
  zoneLoss,
  doubleTraffic,
  halveTheCost,
  noisyNeighbour,
  slowStore,
  retryStorm,
  memoryLeak,
  quotaSqueeze,
  gateLoss,
  edgePartition,
  edgeHosts,
  identityOutage,
  drainTwoNodes,
  blackFriday,
  rushReactive,
  rushPredictive,
  spotReclaimWave,
  consolidation,
  rightSize,
];

export const findScenario = (id: string): ScenarioSpec | undefined => scenarios.find((scenario) => scenario.id === id);
