/**
 * What the two directions of every link do to frames, as Linux netem does it: independent loss or bursts
 * (Gilbert–Elliott), delay with uniform jitter, and a rate that makes frames wait for each other.
 */
import { nextUint32, type Random } from '@/engine/kernel';
import type { MeshLinkSpec } from '../mesh-spec';

export type LinkState = {
  readonly loss: Float64Array; // probability
  readonly burst: Float64Array; // mean burst length in packets, 0 for independent losses
  readonly bad: Uint8Array; // Gilbert–Elliott state
  readonly delayUs: Float64Array;
  readonly jitterUs: Float64Array;
  readonly bytesPerSecond: Float64Array; // 0 for unlimited
  readonly busyUntilUs: Float64Array;
  readonly throughput: Float64Array; // BATMAN_V, in 100 kbit/s
  readonly cut: Uint8Array; // reasons that silence it, a bit each (change-mesh)
  readonly planned: Uint8Array; // may be added and taken away by command
};

export function linkState(edges: number): LinkState {
  return {
    loss: new Float64Array(edges),
    burst: new Float64Array(edges),
    bad: new Uint8Array(edges),
    delayUs: new Float64Array(edges),
    jitterUs: new Float64Array(edges),
    bytesPerSecond: new Float64Array(edges),
    busyUntilUs: new Float64Array(edges),
    throughput: new Float64Array(edges),
    cut: new Uint8Array(edges),
    planned: new Uint8Array(edges),
  };
}

const DEFAULT_DELAY_MS = 1;
/** The bit of `cut` that says: planned, and not there yet. */
export const CUT_PLANNED = 16;

/** Sets one direction from what was written; `back` means from b to a. */
export function writeLink(links: LinkState, edge: number, spec: MeshLinkSpec, back: boolean): void {
  const pick = (forth: number | undefined, backward: number | undefined, missing: number) => (back ? (backward ?? forth) : forth) ?? missing;
  links.loss[edge] = pick(spec.lossPercent, spec.lossPercentBack, 0) / 100;
  const burst = pick(spec.burstPackets, spec.burstPacketsBack, 0);
  links.burst[edge] = burst > 1 ? burst : 0;
  links.bad[edge] = 0;
  links.delayUs[edge] = Math.round(pick(spec.delayMs, spec.delayMsBack, DEFAULT_DELAY_MS) * 1_000);
  links.jitterUs[edge] = Math.round(pick(spec.jitterMs, spec.jitterMsBack, 0) * 1_000);
  links.bytesPerSecond[edge] = pick(spec.rateMbps, spec.rateMbpsBack, 0) * 125_000;
  links.planned[edge] = spec.planned === true ? 1 : 0;
  links.cut[edge] = spec.planned === true ? CUT_PLANNED : 0;
  links.throughput[edge] = Math.round(pick(spec.throughputMbps, spec.throughputMbpsBack, 0) * 10);
}

const TWO_32 = 4_294_967_296;

/** Whether the next frame is lost. A burst ends after `burst` packets on average, whatever time they take. */
export function losesFrame(links: LinkState, edge: number, random: Random): boolean {
  if (links.cut[edge] !== 0) return true;
  const loss = links.loss[edge]!;
  if (loss === 0) return false;
  const burst = links.burst[edge]!;
  if (burst === 0 || loss >= 1) return nextUint32(random) < loss * TWO_32;
  if (links.bad[edge] === 0) {
    if (nextUint32(random) < (loss / (1 - loss) / burst) * TWO_32) links.bad[edge] = 1;
    return false;
  }
  if (nextUint32(random) < TWO_32 / burst) links.bad[edge] = 0;
  return true;
}

/** When a frame sent now arrives. */
export function arrivalUs(links: LinkState, edge: number, nowUs: number, bytes: number, random: Random): number {
  let at = nowUs + links.delayUs[edge]!;
  const jitter = links.jitterUs[edge]!;
  if (jitter > 0) at += Math.floor((nextUint32(random) / TWO_32) * (2 * jitter + 1)) - jitter;
  const rate = links.bytesPerSecond[edge]!;
  if (rate > 0) {
    const start = links.busyUntilUs[edge]! > nowUs ? links.busyUntilUs[edge]! : nowUs;
    links.busyUntilUs[edge] = start + Math.ceil((bytes * 1_000_000) / rate);
    at += links.busyUntilUs[edge]! - nowUs;
  }
  return at > nowUs ? at : nowUs;
}
