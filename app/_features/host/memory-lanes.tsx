/**
 * Memory map by group: what it must keep (anonymous, solid) and what could be reclaimed (page cache, pale), each lane
 * against its own limit, which moves when it is changed; a mark where the OOM killer came.
 */
'use client';

import { scaleLinear } from 'd3';
import { TimeLabels } from '@/app/_ui/chart/axes';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { useWidth } from '@/app/_ui/chart/use-width';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';

type MemoryLanesProps = { readonly title: string; readonly fileName: string; readonly play: os.HostPlay; readonly memoryMib: number; readonly domain: readonly [number, number]; readonly mark: number | null };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const MIB = 1_048_576;
const LANE = 64;
const LABEL = 84;
const AXIS = 20;
const RIGHT = 20;

export function MemoryLanes({ title, fileName, play, memoryMib, domain, mark }: MemoryLanesProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const groups = play.samples[0]?.groups.map(({ group }) => group) ?? [];
  const x = scaleLinear([...domain], [LABEL, Math.max(LABEL + 1, width - RIGHT)]);
  const bottom = groups.length * LANE;
  const kills = play.events.filter(({ kind }) => kind === 'oom-kill');
  return (
    <ChartFrame title={title} fileName={fileName} summary="Kept (solid), page cache (pale), limit (line), OOM kill (triangle). A lane is as high as its limit, or as the host’s memory." data={() => memoryTable(play)}>
      <div ref={ref} style={{ height: bottom + AXIS }}>
        {width === 0 ? null : (
          <svg data-drawing width={width} height={bottom + AXIS} role="img" aria-label={`${title}: ${groups.join(', ')}; ${kills.length} OOM kills`} className="block">
            {groups.map((group, i) => (
              <GroupLane key={group} group={group} play={play} memoryMib={memoryMib} x={x} top={i * LANE} right={width - RIGHT} colour={COLOURS[i % COLOURS.length]!} />
            ))}
            {mark === null ? null : <line x1={x(mark)} x2={x(mark)} y1="0" y2={bottom} stroke="var(--ink-2)" strokeDasharray="2 2" />}
            <TimeLabels x={x} area={{ left: LABEL, right: width - RIGHT, top: 0, bottom }} format={formatClock} />
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

type LaneProps = { readonly group: string; readonly play: os.HostPlay; readonly memoryMib: number; readonly x: (value: number) => number; readonly top: number; readonly right: number; readonly colour: string };

function GroupLane({ group, play, memoryMib, x, top, right, colour }: LaneProps) {
  const points = play.samples.flatMap((sample) => sample.groups.filter((each) => each.group === group).map((each) => ({ from: x((sample.atUs - sample.windowUs) / 1e6), to: x(sample.atUs / 1e6), kept: mibOf(each.memoryBytes) - mibOf(each.fileBytes), file: mibOf(each.fileBytes), limit: each.memoryLimitBytes === null ? null : each.memoryLimitBytes / MIB })));
  const most = Math.max(1, ...points.map(({ kept, file, limit }) => Math.max(kept + file, limit ?? memoryMib)));
  const base = LANE - 6;
  const y = scaleLinear([0, most], [base, 10]);
  const layer = (low: (point: (typeof points)[number]) => number, high: (point: (typeof points)[number]) => number) => points.map((point) => (high(point) - low(point) < most / 500 ? '' : `M${point.from.toFixed(1)} ${y(low(point)).toFixed(1)}V${y(high(point)).toFixed(1)}H${point.to.toFixed(1)}V${y(low(point)).toFixed(1)}Z`)).join('');
  const limits = points.map(({ from, to, limit }) => (limit === null ? '' : `M${from.toFixed(1)} ${y(limit).toFixed(1)}H${to.toFixed(1)}`)).join('');
  const programs = new Set(play.samples.flatMap((sample) => sample.programs.filter((each) => each.group === group).map(({ program }) => program)));
  const kills = play.events.filter(({ kind, subject }) => kind === 'oom-kill' && programs.has(subject));
  const limit = points.at(-1)?.limit ?? null;
  return (
    <g transform={`translate(0 ${top})`}>
      <line x1={LABEL} x2={right} y1={base} y2={base} stroke="var(--line-strong)" />
      <path d={layer(() => 0, ({ kept }) => kept)} fill={colour} />
      <path d={layer(({ kept }) => kept, ({ kept, file }) => kept + file)} fill={colour} opacity="0.3" />
      <path d={limits} stroke="var(--ink)" strokeWidth="1.5" fill="none" />
      {kills.map(({ atUs, detail }) => (
        <path key={atUs} d={`M${x(atUs / 1e6) - 5} 1h10l-5 8z`} fill="var(--bad)">
          <title>{`${formatClock(atUs / 1e6)} OOM kill: ${detail}`}</title>
        </path>
      ))}
      <text x="0" y={base - 16} style={{ fill: 'var(--ink)', fontSize: 12 }}>
        {group}
      </text>
      <text x="0" y={base - 2} style={{ fill: 'var(--ink-2)', fontSize: 11 }}>
        {limit === null ? `of ${Math.round(memoryMib)} MiB` : `≤ ${Math.round(limit)} MiB`}
      </text>
    </g>
  );
}

const mibOf = (bytes: number | null) => (bytes ?? 0) / MIB;

function memoryTable(play: os.HostPlay) {
  return {
    header: ['seconds', 'group', 'kept MiB', 'page cache MiB', 'limit MiB'],
    rows: play.samples.flatMap((sample) => sample.groups.map((group) => [sample.atUs / 1e6, group.group, mibOf(group.memoryBytes) - mibOf(group.fileBytes), mibOf(group.fileBytes), group.memoryLimitBytes === null ? null : group.memoryLimitBytes / MIB])),
  };
}
