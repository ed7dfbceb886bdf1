/**
 * One lane per control group over time: the frame that the CPU and the memory picture share. Pointing, or the time cursor of
 * the page, reads a lane's values in words.
 */
'use client';

import { scaleLinear } from 'd3';
import { useState, type ReactNode } from 'react';
import { TimeLabels, type Scale } from '@/app/_ui/chart/axes';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { CursorLine, CursorSlider } from '@/app/_ui/chart/cursor-line';
import { useWidth } from '@/app/_ui/chart/use-width';
import type { ExportData } from '@/app/_ui/export/export-menu';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';

export type LanesProps = { readonly title: string; readonly fileName: string; readonly play: os.HostPlay; readonly domain: readonly [number, number]; readonly mark: number | null; readonly cursor: number | null; readonly onCursor: (at: number) => void };

/** `note` stands below the name; `drawing` from y 0 to the height of a lane less `LANE_GAP`. */
export type GroupLane = { readonly note: string; readonly drawing: ReactNode; /** A value of the scale that is worth a label: its height in the lane. */ readonly tick?: { readonly label: string; readonly y: number } };

type GroupLanesProps = LanesProps & {
  readonly summary: string;
  readonly spoken: string;
  readonly laneHeight: number;
  readonly data: () => ExportData;
  readonly lane: (of: { readonly group: string; readonly place: number; readonly x: Scale; readonly colour: string }) => GroupLane;
  readonly words: (sample: os.GroupSample) => string;
};

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
export const LANE_GAP = 6;
/** Above a lane's highest value: room for the words at the cursor. */
export const LANE_HEAD = 14;
const WORDS = 10;
const LABEL = 84;
const AXIS = 20;
const RIGHT = 20;
const NAME_CHARACTERS = 13;
const HALO = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 4, fill: 'var(--ink)', fontSize: 11 } as const;

export function GroupLanes({ title, fileName, play, domain, mark, cursor, onCursor, summary, spoken, laneHeight, data, lane, words }: GroupLanesProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number | null>(null);
  const groups = play.samples[0]?.groups.map(({ group }) => group) ?? [];
  const area = { left: LABEL, right: Math.max(LABEL + 1, width - RIGHT), top: 0, bottom: groups.length * laneHeight };
  const x = scaleLinear([...domain], [area.left, area.right]);
  const at = hover ?? cursor;
  const read = at === null ? null : sampleAt(play, at);
  const secondsAt = (clientX: number, drawing: SVGSVGElement) => {
    const px = clientX - drawing.getBoundingClientRect().left;
    return px < area.left || px > area.right ? null : x.invert(px);
  };
  return (
    <ChartFrame title={title} fileName={fileName} summary={summary} data={data}>
      <div ref={ref} style={{ height: area.bottom + AXIS }}>
        {width === 0 ? null : (
          <svg
            data-drawing
            width={width}
            height={area.bottom + AXIS}
            role="img"
            aria-label={`${title}: ${spoken}`}
            className="block cursor-crosshair touch-pan-y"
            onPointerMove={(event) => setHover(secondsAt(event.clientX, event.currentTarget))}
            onPointerLeave={() => setHover(null)}
            onClick={(event) => onCursor(secondsAt(event.clientX, event.currentTarget) ?? domain[0])}
          >
            <CursorSlider title={title} domain={domain} cursor={cursor} area={area} format={formatClock} onCursor={onCursor} />
            {groups.map((group, i) => {
              const { note, drawing, tick } = lane({ group, place: i, x, colour: COLOURS[i % COLOURS.length]! });
              const base = laneHeight - LANE_GAP;
              return (
                <g key={group} transform={`translate(0 ${i * laneHeight})`}>
                  <line x1={area.left} x2={area.right} y1={base} y2={base} stroke="var(--line-strong)" />
                  {drawing}
                  <text x="0" y={base - 16} style={{ fill: 'var(--ink)', fontSize: 12 }}>
                    {group.length > NAME_CHARACTERS ? `${group.slice(0, NAME_CHARACTERS - 1)}…` : group}
                    <title>{group}</title>
                  </text>
                  <text x="0" y={base - 2} style={{ fill: 'var(--ink-2)', fontSize: 11 }}>
                    {note}
                  </text>
                  {tick === undefined ? null : (
                    <text x={area.left - 4} y={tick.y} dy="0.32em" textAnchor="end" style={{ fill: 'var(--ink-3)', fontSize: 11 }}>
                      {tick.label}
                    </text>
                  )}
                </g>
              );
            })}
            {mark === null ? null : <line x1={x(mark)} x2={x(mark)} y1="0" y2={area.bottom} stroke="var(--ink-2)" strokeDasharray="2 2" />}
            {at === null ? null : <CursorLine px={x(at)} area={area} />}
            {groups.map((group, i) => {
              const sample = read?.groups.find((each) => each.group === group);
              return sample === undefined ? null : (
                <text key={group} x={area.right} y={i * laneHeight + WORDS} textAnchor="end" style={HALO} pointerEvents="none">
                  {words(sample)}
                </text>
              );
            })}
            <TimeLabels x={x} area={area} format={formatClock} />
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

const sampleAt = ({ samples }: os.HostPlay, seconds: number) => samples.find(({ atUs }) => atUs / 1e6 >= seconds) ?? samples.at(-1) ?? null;

/** What one lane draws of one group: a block or a line from the start of each sample's window to its end. */
export type LaneStep = { readonly from: number; readonly to: number; readonly sample: os.GroupSample };

export const laneSteps = ({ samples }: os.HostPlay, group: string, x: Scale): readonly LaneStep[] =>
  samples.flatMap(({ atUs, windowUs, groups }) => groups.filter((each) => each.group === group).map((sample) => ({ from: x((atUs - windowUs) / 1e6), to: x(atUs / 1e6), sample })));

/** Blocks between two values; what is thinner than `least` is left out. */
export const blocksPath = (steps: readonly LaneStep[], y: Scale, [low, high]: readonly [(sample: os.GroupSample) => number, (sample: os.GroupSample) => number], least: number) =>
  steps.map(({ from, to, sample }) => (high(sample) - low(sample) < least ? '' : `M${from.toFixed(1)} ${y(low(sample)).toFixed(1)}V${y(high(sample)).toFixed(1)}H${to.toFixed(1)}V${y(low(sample)).toFixed(1)}Z`)).join('');

/** A level where there is one. */
export const levelPath = (steps: readonly LaneStep[], y: Scale, level: (sample: os.GroupSample) => number | null) =>
  steps
    .map(({ from, to, sample }) => {
      const value = level(sample);
      return value === null ? '' : `M${from.toFixed(1)} ${y(value).toFixed(1)}H${to.toFixed(1)}`;
    })
    .join('');
