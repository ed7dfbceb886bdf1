/** What the control plane keeps of a replica beside its process: what it asked for, when it was tried, how it is stopping. */
import type { BackOff } from '../../kubernetes/node/restart-back-off';

export type PodState = {
  /** Its place in the list of replicas. */
  readonly index: number;
  /** As admitted: a later change of the service's requests concerns later pods. */
  readonly cpuRequest: number;
  readonly memoryRequestBytes: number;
  readonly revision: number;
  readonly createdUs: number;
  startedUs: number;
  readySinceUs: number;
  /** Scheduling: attempts so far, the last one, whether something has changed since, and why it found no node. */
  attempts: number;
  triedAtUs: number;
  awake: boolean;
  refusal: string;
  /** Node that was freed for it by preemption, −1. */
  nominated: number;
  /** Draining: until then proxies still send requests, and until then the process takes them. */
  listedUntilUs: number;
  acceptsUntilUs: number;
  backOff: BackOff | null;
  restarts: number;
  /** CPU used before the running window, and at the last scrape with its time (−1: none yet). */
  coreUsBefore: number;
  scrapedCoreUs: number;
  scrapedAtUs: number;
  /** What the last scrape found (−1: nothing yet). */
  sampleMillicores: number;
  /** Probes: out of the endpoints although it runs, and failures in a row of the one and the other. */
  unready: boolean;
  readinessFailures: number;
  livenessFailures: number;
};

export const podState = (index: number, cpuRequest: number, memoryRequestBytes: number, revision: number, createdUs: number): PodState => ({
  index,
  cpuRequest,
  memoryRequestBytes,
  revision,
  createdUs,
  startedUs: -1,
  readySinceUs: -1,
  attempts: 0,
  triedAtUs: -1,
  awake: true,
  refusal: '',
  nominated: -1,
  listedUntilUs: -1,
  acceptsUntilUs: -1,
  backOff: null,
  restarts: 0,
  coreUsBefore: 0,
  scrapedCoreUs: 0,
  scrapedAtUs: -1,
  sampleMillicores: -1,
  unready: false,
  readinessFailures: 0,
  livenessFailures: 0,
});
