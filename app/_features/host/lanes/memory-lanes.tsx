/**
 * Memory map by group: what it must keep (anonymous, solid) and what could be reclaimed (page cache, pale), each lane
 * against its own limit, which moves when it is changed; a mark where the OOM killer came.
 */
'use client';

import { scaleLinear } from 'd3';
import { formatNumber } from '@/app/_ui/number-format';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';
import { blocksPath, GroupLanes, LANE_GAP, LANE_HEAD, laneSteps, levelPath, type LanesProps } from './group-lanes';

const MIB = 1_048_576;
const LANE = 70;
const BASE = LANE - LANE_GAP;

export function MemoryLanes({ memoryMib, ...shared }: LanesProps & { readonly memoryMib: number }) {
  const { play } = shared;
  const kills = play.events.filter(({ kind }) => kind === 'oom-kill');
  return (
    <GroupLanes
      {...shared}
      laneHeight={LANE}
      summary="Kept (solid), page cache (pale), limit (line), OOM kill (triangle). A lane is as high as its limit, or as the host’s memory."
      spoken={`memory of ${play.samples[0]?.groups.map(({ group }) => group).join(', ') ?? 'no group'}; ${kills.length} OOM kills`}
      data={() => memoryTable(play)}
      words={(sample) => `${formatNumber(kept(sample))} MiB kept · ${formatNumber(whole(sample) - kept(sample))} MiB cache`}
      lane={({ group, x, colour }) => {
        const steps = laneSteps(play, group, x);
        const most = Math.max(1, ...steps.map(({ sample }) => Math.max(whole(sample), limitOf(sample) ?? memoryMib)));
        const y = scaleLinear([0, most], [BASE, LANE_HEAD]);
        const programs = new Set(play.samples.flatMap((sample) => sample.programs.filter((each) => each.group === group).map(({ program }) => program)));
        const last = steps.at(-1);
        const limit = last === undefined ? null : limitOf(last.sample);
        return {
          note: limit === null ? `of ${Math.round(memoryMib)} MiB` : `≤ ${Math.round(limit)} MiB`,
          drawing: (
            <>
              <path d={blocksPath(steps, y, [() => 0, kept], most / 500)} fill={colour} />
              <path d={blocksPath(steps, y, [kept, whole], most / 500)} fill={colour} opacity="0.3" />
              <path d={levelPath(steps, y, limitOf)} stroke="var(--ink)" strokeWidth="1.5" fill="none" />
              {kills
                .filter(({ subject }) => programs.has(subject))
                .map(({ atUs, detail }) => (
                  <path key={atUs} d={`M${x(atUs / 1e6) - 5} ${LANE_HEAD - 9}h10l-5 8z`} fill="var(--bad)">
                    <title>{`${formatClock(atUs / 1e6)} OOM kill: ${detail}`}</title>
                  </path>
                ))}
            </>
          ),
        };
      }}
    />
  );
}

const mibOf = (bytes: number | null) => (bytes ?? 0) / MIB;
const whole = ({ memoryBytes }: os.GroupSample) => mibOf(memoryBytes);
const kept = ({ memoryBytes, fileBytes }: os.GroupSample) => mibOf(memoryBytes) - mibOf(fileBytes);
const limitOf = ({ memoryLimitBytes }: os.GroupSample) => (memoryLimitBytes === null ? null : memoryLimitBytes / MIB);

function memoryTable(play: os.HostPlay) {
  return {
    header: ['seconds', 'group', 'kept MiB', 'page cache MiB', 'limit MiB'],
    rows: play.samples.flatMap((sample) => sample.groups.map((group) => [sample.atUs / 1e6, group.group, kept(group), whole(group) - kept(group), limitOf(group)])),
  };
}
