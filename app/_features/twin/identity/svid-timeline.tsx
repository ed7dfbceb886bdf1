/**
 * The life of every SVID: a bar from issue to expiry, renewed where the next begins. A gap after the end of a bar is
 * time without a valid SVID. Dashed is the future, as far as what is in hand reaches.
 */
'use client';

import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { useSize } from '@/app/_ui/chart/use-size';
import type { IdentityInspection } from '@/engine/twin';

type SvidTimelineProps = { readonly seen: IdentityInspection; readonly from: number; readonly cursor: number; readonly onCursor: (at: number | null) => void };

const ROW = 18;
const LABEL = 168;
const FOOT = 22;
const SHOWN_MAX = 40;
/** Letters of a name on a narrow screen. */
const NAME_SHORT = 14;

export function SvidTimeline({ seen, from, cursor, onCursor }: SvidTimelineProps) {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const rank = { expired: 0, none: 1, revoked: 2, overdue: 3, valid: 4, 'not registered': 5 } as const;
  const rows = seen.workloads.map((workload, index) => ({ ...workload, index })).sort((a, b) => rank[a.state] - rank[b.state] || a.workload.localeCompare(b.workload)).slice(0, SHOWN_MAX);
  const until = Math.max(seen.atSeconds + 60, ...seen.workloads.flatMap((workload) => workload.notAfter ?? []));
  const label = width < 560 ? 96 : LABEL;
  const scale = (at: number) => label + (Math.max(0, at - from) / (until - from)) * (width - label - 8);
  const height = rows.length * ROW + FOOT;
  const data = () => ({ header: ['workload', 'issued at s', 'valid until s', 'authority'], rows: seen.issued.map((svid) => [seen.workloads[svid.workload]!.workload, svid.at, svid.notAfter, svid.authority]) });
  return (
    <ChartFrame title="SVIDs" summary={`issued to expiry, ${rows.length} of ${seen.workloads.length} workloads${seen.workloads.length > SHOWN_MAX ? ', those nearest to trouble' : ''}`} fileName="svid-timeline" data={data}>
      <div ref={ref} style={{ height }} className="relative">
        {width === 0 ? null : (
          <svg data-drawing width={width} height={height} role="img" aria-label="Timeline of SVIDs" onClick={(event) => onCursor(from + ((event.clientX - event.currentTarget.getBoundingClientRect().left - label) / (width - label - 8)) * (until - from))}>
            {rows.map((row, i) => (
              <g key={row.workload} transform={`translate(0 ${i * ROW})`}>
                <text x="0" y={ROW / 2} dominantBaseline="central" style={{ fill: row.state === 'valid' ? 'var(--ink-2)' : 'var(--bad)', fontSize: 12 }}>{label < LABEL ? shortened(row.workload) : row.workload}</text>
                <line x1={label} x2={width - 8} y1={ROW / 2} y2={ROW / 2} stroke="var(--line)" />
                {seen.issued.filter((svid) => svid.workload === row.index && svid.notAfter > from).map((svid, k, all) => {
                  const ends = Math.min(svid.notAfter, all[k + 1]?.at ?? Infinity);
                  const passed = Math.min(ends, seen.atSeconds);
                  const colour = `var(--series-${1 + (svid.authority % 3)})`;
                  return (
                    <g key={svid.at}>
                      <title>{`${row.workload}: issued at ${svid.at.toFixed(0)} s, valid until ${svid.notAfter.toFixed(0)} s, signed by key ${svid.authority + 1}`}</title>
                      <rect x={scale(svid.at)} y={ROW / 2 - 4} width={Math.max(1, scale(passed) - scale(svid.at) - 1)} height="8" fill={colour} />
                      {ends > seen.atSeconds ? <rect x={scale(passed)} y={ROW / 2 - 4} width={Math.max(0, scale(ends) - scale(passed))} height="8" fill="none" stroke={colour} strokeDasharray="2 3" /> : null}
                    </g>
                  );
                })}
              </g>
            ))}
            <line x1={scale(cursor)} x2={scale(cursor)} y1="0" y2={height - FOOT} stroke="var(--ink)" />
            {[from, (from + until) / 2, until].map((at, i) => (
              <text key={at} x={scale(at)} y={height - 6} textAnchor={i === 0 ? 'start' : i === 1 ? 'middle' : 'end'} style={{ fill: 'var(--ink-3)', fontSize: 11 }}>{Math.round(at)} s</text>
            ))}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

/** Both ends tell workloads apart, the middle does not: service and node. */
const shortened = (name: string) => (name.length <= NAME_SHORT ? name : `${name.slice(0, NAME_SHORT - 7)}…${name.slice(-6)}`);
