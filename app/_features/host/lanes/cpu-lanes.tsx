/**
 * CPU timeline by group: in each lane the tasks that ran (solid), those that waited for a CPU (pale) and those
 * a quota had stopped (hatched), stacked, on one scale for all lanes.
 */
'use client';

import { scaleLinear } from 'd3';
import { useId } from 'react';
import { formatNumber } from '@/app/_ui/number-format';
import type { os } from '@/engine/twin';
import { blocksPath, GroupLanes, LANE_GAP, LANE_HEAD, laneSteps, levelPath, type LanesProps } from './group-lanes';

/** Few groups have high lanes: a quota of a tenth must be seen beside tasks that pile up. */
const LANES_PX = 220;
const LANE_MIN = 60;
const LANE_MAX = 100;
const LEAST_TASKS = 0.001;

/** `most` tasks at once in any group, of both futures: one scale for both pictures. */
export function CpuLanes({ cpus, most, ...shared }: LanesProps & { readonly cpus: number; readonly most: number }) {
  const id = useId();
  const { play } = shared;
  const laneHeight = Math.max(LANE_MIN, Math.min(LANE_MAX, LANES_PX / Math.max(1, play.samples[0]?.groups.length ?? 1)));
  const y = scaleLinear([0, Math.max(cpus, most)], [laneHeight - LANE_GAP, LANE_HEAD]);
  return (
    <GroupLanes
      {...shared}
      laneHeight={laneHeight}
      summary={`Tasks that ran (solid), waited for a CPU (pale), were stopped by a quota (hatched); line: quota, dashed: ${cpus === 1 ? 'the one CPU' : `all ${cpus} CPUs`}.`}
      spoken={`running, waiting and throttled tasks of ${play.samples[0]?.groups.map(({ group }) => group).join(', ') ?? 'no group'}`}
      data={() => lanesTable(play)}
      words={(sample) => `${formatNumber(ran(sample), 2)} ran · ${formatNumber(sample.waitingTasks, 2)} waited · ${formatNumber(sample.throttledTasks, 2)} throttled`}
      lane={({ group, place, x, colour }) => {
        const steps = laneSteps(play, group, x);
        const hatch = `${id}-${place}`;
        const [left, right] = x.range();
        return {
          note: limitWords(steps.at(-1)?.sample),
          tick: { label: String(cpus), y: y(cpus) },
          drawing: (
            <>
              <defs>
                <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <line x1="0" y1="0" x2="0" y2="5" stroke={colour} strokeWidth="2" />
                </pattern>
              </defs>
              <line x1={left} x2={right} y1={y(cpus)} y2={y(cpus)} stroke="var(--line-strong)" strokeDasharray="3 3" />
              <path d={blocksPath(steps, y, [() => 0, ran], LEAST_TASKS)} fill={colour} />
              <path d={blocksPath(steps, y, [ran, waited], LEAST_TASKS)} fill={colour} opacity="0.3" />
              <path d={blocksPath(steps, y, [waited, stopped], LEAST_TASKS)} fill={`url(#${hatch})`} />
              <path d={levelPath(steps, y, quotaCores)} stroke="var(--ink)" strokeWidth="1" fill="none" />
            </>
          ),
        };
      }}
    />
  );
}

export const mostTasks = ({ samples }: os.HostPlay) => samples.reduce((most, { groups }) => groups.reduce((within, sample) => Math.max(within, stopped(sample)), most), 0);

const ran = (sample: os.GroupSample) => sample.cpuCores ?? 0;
const waited = (sample: os.GroupSample) => ran(sample) + (sample.waitingTasks ?? 0);
const stopped = (sample: os.GroupSample) => waited(sample) + (sample.throttledTasks ?? 0);
const quotaCores = ({ quotaMs, periodMs }: os.GroupSample) => (quotaMs === null || periodMs === null ? null : quotaMs / periodMs);

function limitWords(sample: os.GroupSample | undefined): string {
  if (sample === undefined) return '';
  const quota = quotaCores(sample);
  return quota === null ? `weight ${sample.cpuWeight ?? '?'}` : `≤ ${formatNumber(quota, 2)} CPU`;
}

function lanesTable(play: os.HostPlay) {
  return {
    header: ['seconds', 'group', 'running cores', 'waiting tasks', 'throttled tasks', 'throttled periods', 'quota cores'],
    rows: play.samples.flatMap((sample) => sample.groups.map((group) => [sample.atUs / 1e6, group.group, group.cpuCores, group.waitingTasks, group.throttledTasks, group.throttledPeriods, quotaCores(group)])),
  };
}
