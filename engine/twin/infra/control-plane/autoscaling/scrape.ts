/**
 * The metrics server reads every container once per resolution. A sample is the mean over the time since the last
 * reading, so a container that has started since has none yet: this, the round of the autoscaler and the start of a pod
 * are the dead time of every horizontal autoscaler.
 */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import type { Service } from '../../infra';
import { progressNode } from '../../node-cpu';

export const isWatched = ({ rules }: Service) => rules.hpa !== null || rules.vpa !== null;

export function scrape(world: World): void {
  const { infra, nowUs, queue } = world;
  schedule(queue, timeUs(nowUs + infra.cluster.settings.scrapeUs), EventKind.scrape, 0);
  for (const node of infra.nodes) progressNode(infra, node, nowUs);
  for (const service of infra.services) {
    readRequests(service, nowUs);
    if (isWatched(service)) for (const index of service.replicas) readPod(world, index);
  }
}

function readPod({ infra, nowUs }: World, index: number): void {
  const replica = infra.replicas[index]!;
  if (replica.startedUs < 0 || replica.startedUs > nowUs || replica.phase === 'pending' || replica.phase === 'lost') return;
  const total = replica.coreUsBefore + replica.usedCoreUs;
  if (replica.scrapedAtUs >= 0 && nowUs > replica.scrapedAtUs) replica.sampleMillicores = Math.round(((total - replica.scrapedCoreUs) * 1_000) / (nowUs - replica.scrapedAtUs));
  replica.scrapedCoreUs = total;
  replica.scrapedAtUs = nowUs;
}

function readRequests({ rules, window }: Service, nowUs: number): void {
  const { scaling } = rules;
  const served = rules.servedBefore + window.served;
  if (scaling.scrapedAtUs >= 0 && nowUs > scaling.scrapedAtUs) scaling.requestsPerSecond = ((served - scaling.scrapedServed) * US_PER_SECOND) / (nowUs - scaling.scrapedAtUs);
  scaling.scrapedServed = served;
  scaling.scrapedAtUs = nowUs;
}
