/**
 * CPU timeline by group: in each lane the tasks that ran (solid), those that waited for a CPU (pale) and those
 * a quota had stopped (hatched), stacked, on one scale for all lanes.
 */
'use client';

import { scaleLinear } from 'd3';
import { useId } from 'react';
import { TimeLabels } from '@/app/_ui/chart/axes';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { useWidth } from '@/app/_ui/chart/use-width';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';

type CpuLanesProps = { readonly title: string; readonly fileName: string; readonly play: os.HostPlay; readonly cpus: number; readonly domain: readonly [number, number]; readonly mark: number | null };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const LANE = 56;
const LABEL = 84;
const AXIS = 20;
const RIGHT = 20;

export function CpuLanes({ title, fileName, play, cpus, domain, mark }: CpuLanesProps) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const groups = play.samples[0]?.groups.map(({ group }) => group) ?? [];
  const most = Math.max(cpus, ...play.samples.flatMap((sample) => sample.groups.map((group) => waited(group) + (group.throttledTasks ?? 0))));
  const x = scaleLinear([...domain], [LABEL, Math.max(LABEL + 1, width - RIGHT)]);
  const y = scaleLinear([0, most], [0, LANE - 12]);
  const height = groups.length * LANE + AXIS;
  return (
    <ChartFrame title={title} fileName={fileName} summary="Tasks that ran (solid), waited for a CPU (pale), were stopped by a quota (hatched)." data={() => lanesTable(play)}>
      <div ref={ref} style={{ height }}>
        {width === 0 ? null : (
          <svg data-drawing width={width} height={height} role="img" aria-label={`${title}: running, waiting and throttled tasks of ${groups.join(', ')}`} className="block">
            <defs>
              {groups.map((group, i) => (
                <pattern key={group} id={`${id}-${i}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <line x1="0" y1="0" x2="0" y2="5" stroke={COLOURS[i % COLOURS.length]} strokeWidth="2" />
                </pattern>
              ))}
            </defs>
            {groups.map((group, i) => (
              <g key={group} transform={`translate(0 ${i * LANE})`}>
                <line x1={LABEL} x2={width - RIGHT} y1={LANE - 6} y2={LANE - 6} stroke="var(--line-strong)" />
                <line x1={LABEL} x2={width - RIGHT} y1={LANE - 6 - y(cpus)} y2={LANE - 6 - y(cpus)} stroke="var(--line)" strokeDasharray="3 3" />
                <text x="0" y={LANE - 10} style={{ fill: 'var(--ink)', fontSize: 12 }}>
                  {group}
                </text>
                <Lane play={play} group={i} x={x} y={y} colour={COLOURS[i % COLOURS.length]!} hatch={`url(#${id}-${i})`} />
              </g>
            ))}
            {mark === null ? null : <line x1={x(mark)} x2={x(mark)} y1="0" y2={groups.length * LANE} stroke="var(--ink-2)" strokeDasharray="2 2" />}
            <TimeLabels x={x} area={{ left: LABEL, right: width - RIGHT, top: 0, bottom: groups.length * LANE }} format={formatClock} />
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

type Scale = (value: number) => number;

function Lane({ play, group, x, y, colour, hatch }: { readonly play: os.HostPlay; readonly group: number; readonly x: Scale; readonly y: Scale; readonly colour: string; readonly hatch: string }) {
  const base = LANE - 6;
  const layer = (from: (sample: os.GroupSample) => number, to: (sample: os.GroupSample) => number) =>
    play.samples
      .map((sample) => {
        const at = sample.groups[group]!;
        const [low, high] = [from(at), to(at)];
        if (high - low <= 0.001) return '';
        const left = x((sample.atUs - sample.windowUs) / 1e6);
        return `M${left.toFixed(1)} ${(base - y(low)).toFixed(1)}V${(base - y(high)).toFixed(1)}H${x(sample.atUs / 1e6).toFixed(1)}V${(base - y(low)).toFixed(1)}Z`;
      })
      .join('');
  return (
    <>
      <path d={layer(() => 0, ran)} fill={colour} />
      <path d={layer(ran, waited)} fill={colour} opacity="0.3" />
      <path d={layer(waited, (sample) => waited(sample) + (sample.throttledTasks ?? 0))} fill={hatch} />
    </>
  );
}

const ran = (sample: os.GroupSample) => sample.cpuCores ?? 0;
const waited = (sample: os.GroupSample) => ran(sample) + (sample.waitingTasks ?? 0);

function lanesTable(play: os.HostPlay) {
  return {
    header: ['seconds', 'group', 'running cores', 'waiting tasks', 'throttled tasks', 'throttled periods'],
    rows: play.samples.flatMap((sample) => sample.groups.map((group) => [sample.atUs / 1e6, group.group, group.cpuCores, group.waitingTasks, group.throttledTasks, group.throttledPeriods])),
  };
}
