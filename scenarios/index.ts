/** Every question that ships with the product; the first one is the demo. */
import type { ScenarioSpec } from '@/engine/scenario';
import { blackFriday } from './black-friday';
import { budgetCap } from './budget-cap';
import { coldCache } from './cold-cache';
import { consolidation } from './consolidation';
import { demo } from './demo';
import { dependencyOutage } from './dependency-outage';
import { doubleTraffic } from './double-traffic';
import { drainTwoNodes } from './drain-two-nodes';
import { edgeFaults } from './edge-faults';
import { edgeHosts } from './edge-hosts';
import { edgePartition } from './edge-partition';
import { failoverClaim } from './failover-claim';
import { gateLoss } from './gate-loss';
import { greedyPod } from './greedy-pod';
import { halveTheCost } from './halve-the-cost';
import { identityOutage } from './identity-outage';
import { memoryLeak } from './memory-leak';
import { nodeLoss } from './node-loss';
import { noisyNeighbour } from './noisy-neighbour';
import { queueBacklog } from './queue-backlog';
import { quotaSqueeze } from './quota-squeeze';
import { retryStorm } from './retry-storm';
import { rightSize } from './right-size';
import { rushPredictive } from './rush-predictive';
import { rushReactive } from './rush-reactive';
import { slowStore } from './slow-store';
import { spotReclaimWave } from './spot-reclaim-wave';
import { zoneLoss } from './zone-loss';
import { zonePartition } from './zone-partition';

export { cloudShop } from './cloud-shop';
export { kiosks } from './kiosks';
export { orderShop } from './order-shop';
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
  dependencyOutage,
  coldCache,
  queueBacklog,
  zonePartition,
  failoverClaim,
  memoryLeak,
  quotaSqueeze,
  greedyPod,
  gateLoss,
  edgePartition,
  edgeFaults,
  edgeHosts,
  identityOutage,
  drainTwoNodes,
  blackFriday,
  rushReactive,
  rushPredictive,
  spotReclaimWave,
  consolidation,
  rightSize,
  budgetCap,
];

export const findScenario = (id: string): ScenarioSpec | undefined => scenarios.find((scenario) => scenario.id === id);
