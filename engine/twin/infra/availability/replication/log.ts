/** The leader's log on its way: each follower is sent one write after another, as fast as the line takes them. */
import { addValue, drawVariate } from '@/engine/kernel';
import type { World } from '../../../world';
import { isCut } from '../partition';
import type { Follower, Replication } from './replication-spec';

export const follower = (nowUs: number): Follower => ({ freeUs: nowUs, appliedUs: nowUs, madeUs: [], sentUs: [], head: 0, lostWrites: 0, lostSinceUs: null });

/** A write enters the log; returns when the first follower has confirmed it (Infinity: none can). */
export function logWrite(world: World, log: Replication): number {
  const { nowUs, infra } = world;
  log.writes += 1;
  let confirmed = Infinity;
  for (const [replica, line] of log.followers) {
    forgetSent(line, nowUs);
    const reachable = !isCut(infra, infra.replicas[log.leader]!.node, infra.replicas[replica]!.node);
    const sent = reachable ? Math.max(nowUs, line.freeUs) + log.shipUs : Infinity;
    if (reachable && line.freeUs === Infinity) continue; // it follows again only after it has been seeded anew
    line.freeUs = sent;
    line.madeUs.push(nowUs);
    line.sentUs.push(sent);
    if (sent === Infinity) continue;
    const arrives = sent + drawVariate(log.random, log.network);
    line.appliedUs = Math.max(line.appliedUs, arrives) + log.applyUs;
    addValue(log.lag, arrives - nowUs);
    confirmed = Math.min(confirmed, arrives + drawVariate(log.random, log.network));
  }
  return confirmed;
}

/** The leader is gone at `nowUs`: what was not sent to a follower by then it will never get. */
export function loseUnsent(log: Replication, nowUs: number): void {
  for (const line of log.followers.values()) {
    forgetSent(line, nowUs);
    line.lostWrites = line.madeUs.length - line.head;
    line.lostSinceUs = line.lostWrites === 0 ? null : line.madeUs[line.head]!;
    line.madeUs = [];
    line.sentUs = [];
    line.head = 0;
  }
}

function forgetSent(line: Follower, nowUs: number): void {
  while (line.head < line.sentUs.length && line.sentUs[line.head]! <= nowUs) line.head += 1;
  if (line.head < 256 || line.head * 2 < line.sentUs.length) return;
  line.madeUs = line.madeUs.slice(line.head);
  line.sentUs = line.sentUs.slice(line.head);
  line.head = 0;
}
