/** Which loops a world runs: none that nobody asked for. Their phases are drawn, as nobody aligns them in a real cluster. */
import { nextUnit, randomStream, schedule, timeUs, US_PER_SECOND, type Random } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { consolidateNodes } from './consolidate-nodes';
import { growNodes } from './grow-nodes';
import { isWatched } from './scrape';
import { shrinkNodes } from './shrink-nodes';

const SCAN_SECONDS = 10; // --scan-interval

export function startAutoscaling(world: World, seed: number): void {
  const { services, cluster } = world.infra;
  const { scrapeUs, hpaSyncUs, vpaSyncUs } = cluster.settings;
  if (services.some(isWatched)) first(world, randomStream(seed, 'scrape'), scrapeUs, EventKind.scrape, 0);
  services.forEach(({ name, rules }, index) => {
    if (rules.hpa !== null) first(world, randomStream(seed, `hpa/${name}`), hpaSyncUs, EventKind.hpaSync, index);
    if (rules.vpa !== null) first(world, randomStream(seed, `vpa/${name}`), vpaSyncUs, EventKind.vpaSync, index);
  });
  if (cluster.autoscaler !== null) first(world, randomStream(seed, 'node-scan'), SCAN_SECONDS * US_PER_SECOND, EventKind.nodeScan, 0);
}

const first = (world: World, random: Random, periodUs: number, kind: number, subject: number) => schedule(world.queue, timeUs(world.nowUs + nextUnit(random) * periodUs), kind, subject);

/** One look of the node autoscaler. */
export function scanNodes(world: World): void {
  const { autoscaler } = world.infra.cluster;
  if (autoscaler === null) return;
  const scanSeconds = autoscaler.kind === 'cluster-autoscaler' ? (autoscaler.scanSeconds ?? SCAN_SECONDS) : SCAN_SECONDS;
  schedule(world.queue, timeUs(world.nowUs + scanSeconds * US_PER_SECOND), EventKind.nodeScan, 0);
  growNodes(world);
  if (autoscaler.kind === 'karpenter') consolidateNodes(world, autoscaler);
  else shrinkNodes(world, autoscaler);
}
