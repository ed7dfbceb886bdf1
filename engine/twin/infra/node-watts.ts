/** Power of a node in this second by its model; one that is off draws nothing, one that stands empty long enough sleeps. */
import { US_PER_SECOND } from '@/engine/kernel';
import { machineWatts, sleeps, type PowerModelSpec } from '../pricing';
import type { Infra, Node } from './infra';

const LINEAR: PowerModelSpec = { kind: 'linear' };

const isMetered = (node: Node) => node.maxMilliwatts > 0 || node.power?.model?.kind === 'points';

/** Null without a power model: what is not known is not 0. `windowUs`: what `usedCoreUs` was used in. */
export function nodeWatts(node: Node, nowUs: number, windowUs: number): number | null {
  if (!isMetered(node)) return null;
  if (node.phase !== 'up') return 0;
  const { model = LINEAR, sleep } = node.power ?? {};
  if (sleep !== undefined && node.replicas.length === 0 && sleeps(sleep, (nowUs - node.changedUs) / US_PER_SECOND)) return sleep.watts;
  const utilization = Math.min(1, node.usedCoreUs / windowUs / (node.capacityMillicores / 1_000));
  const scale = model.kind === 'points' ? 1 : 1_000;
  return machineWatts({ idleWatts: node.idleMilliwatts, maxWatts: node.maxMilliwatts, model }, utilization) / scale;
}

/** Null where no node has a power model. */
export function totalWatts({ nodes }: Infra, nowUs: number, windowUs: number): number | null {
  const drawn = nodes.map((node) => nodeWatts(node, nowUs, windowUs));
  return drawn.every((watts) => watts === null) ? null : drawn.reduce<number>((sum, watts) => sum + (watts ?? 0), 0);
}
