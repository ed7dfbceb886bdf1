/** The state of the running world in one sentence: the answer before any chart. */
import { formatMs, formatRps } from '@/app/_lib/format/quantity';
import type { RiskLevel } from '@/app/_lib/world-map/risk-level';
import type { Frame } from '@/engine/telemetry';

type Judged = { readonly label: string; readonly level: RiskLevel; readonly reading: string };

export function describeNow(frame: Frame, bodies: readonly Judged[], limitMs: number | null): string {
  const client = frame.services.find((sample) => sample.service === 'client');
  const p99 = client?.latencyP99Us ?? null;
  const up = frame.nodes.filter((node) => node.up).length;
  const verdict = p99 === null || limitMs === null ? '' : p99 <= limitMs * 1e3 ? `, inside its ${limitMs} ms` : `, over its ${limitMs} ms`;
  const hottest = bodies.reduce<Judged | null>((top, body) => (body.level > (top?.level ?? 1) ? body : top), null);
  const heat = hottest === null ? 'Nothing is hot.' : `Hottest is ${hottest.label}: ${hottest.reading}.`;
  return `${formatRps(client?.offeredRps)} on ${up} of ${frame.nodes.length} nodes, p99 ${formatMs(p99)}${verdict}. ${heat}`;
}
