/** The state of the running world in one sentence: the answer before any chart. */
import { formatMs, formatRps } from '@/app/_lib/format/quantity';
import type { RiskLevel } from '@/app/_lib/world-map/risk-level';
import type { Frame } from '@/engine/telemetry';

type Judged = { readonly label: string; readonly level: RiskLevel; readonly reading: string };

/** `p99Ms` is the smoothed figure that stands beside the map, so that both say the same. */
export function describeNow(frame: Frame, bodies: readonly Judged[], p99Ms: number | null, limitMs: number | null): string {
  const client = frame.services.find((sample) => sample.service === 'client');
  const up = frame.nodes.filter((node) => node.up).length;
  const verdict = p99Ms === null || limitMs === null ? '' : p99Ms <= limitMs ? `, inside its ${limitMs} ms` : `, over its ${limitMs} ms`;
  const hottest = bodies.reduce<Judged | null>((top, body) => (body.level > (top?.level ?? 1) ? body : top), null);
  const heat = hottest === null ? 'Nothing is hot.' : `Hottest is ${hottest.label}: ${hottest.reading}.`;
  return `${formatRps(client?.offeredRps)} on ${up} of ${frame.nodes.length} nodes, p99 ${formatMs(p99Ms === null ? null : p99Ms * 1e3)}${verdict}. ${heat}`;
}
