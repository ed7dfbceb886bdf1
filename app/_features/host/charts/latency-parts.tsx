/** Why it is slow: the mean request of each program as one bar, cut by where its time went, as it is and with the change. */
'use client';

import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { useWidth } from '@/app/_ui/chart/use-width';
import { formatNumber } from '@/app/_ui/number-format';
import type { os } from '@/engine/twin';
import type { HostFutures } from '../tried/use-host-futures';

type Part = { readonly key: keyof os.LatencyParts; readonly label: string; readonly colour: string };

/** `waitingMs` is called after what the programs of the host wait for. */
const partsOf = ({ programs }: os.HostSpec): readonly Part[] => [
  { key: 'onCpuMs', label: 'on the CPU', colour: 'var(--series-1)' },
  { key: 'waitingMs', label: waitsForDisk(programs) ? 'I/O: waiting for the disk' : 'waiting for others', colour: 'var(--series-6)' },
  { key: 'wakingMs', label: 'until the host had resumed', colour: 'var(--series-2)' },
  { key: 'queuedMs', label: 'queued for a lane', colour: 'var(--series-4)' },
  { key: 'runQueueMs', label: 'run queue: another task had the CPU', colour: 'var(--series-3)' },
  { key: 'throttledMs', label: 'throttled by its quota', colour: 'var(--series-5)' },
];

const waitsForDisk = (programs: os.HostSpec['programs']) => programs.some(({ load }) => load.kind === 'requests' && (load.waitsFor === 'disk' || load.disk !== undefined));

type Row = { readonly label: string; readonly spent: os.LatencyParts | null };

const ROW = 26;
const BAR = 18;
const LABEL = 132;
/** For the number behind the longest bar. */
const NUMBER = 76;
const LABEL_CHARACTERS = 21;

export function LatencyPartsPanel({ host, asItIs, changed }: HostFutures & { readonly host: os.HostSpec }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const parts = partsOf(host);
  const rows = rowsOf(asItIs, changed);
  const sum = ({ spent }: Row) => (spent === null ? 0 : parts.reduce((all, { key }) => all + spent[key], 0));
  const longest = Math.max(1e-6, ...rows.map(sum));
  const scale = Math.max(1, width - LABEL - NUMBER) / longest;
  return (
    <ChartFrame title="Why it is slow" fileName="host-latency-parts" summary="Where the mean request spends its time, after the change." data={() => partsTable(rows, parts)}>
      <div ref={ref} style={{ height: rows.length * ROW }}>
        {width === 0 ? null : (
          <svg data-drawing width={width} height={rows.length * ROW} role="img" aria-label={`Why it is slow: ${rows.map((row) => spoken(row, parts)).join('; ')}`} className="block">
            {rows.map((row, i) => (
              <g key={row.label} transform={`translate(0 ${i * ROW})`}>
                <text x="0" y={ROW / 2} dy="0.32em" style={{ fill: 'var(--ink)', fontSize: 12 }}>
                  {row.label.length > LABEL_CHARACTERS ? `…${row.label.slice(1 - LABEL_CHARACTERS)}` : row.label}
                  <title>{row.label}</title>
                </text>
                <PartMarks row={row} parts={parts} scale={scale} />
                <text x={LABEL + sum(row) * scale + 6} y={ROW / 2} dy="0.32em" style={{ fill: 'var(--ink-2)', fontSize: 12 }}>
                  {row.spent === null ? 'no answer' : `${formatNumber(sum(row), 1)} ms`}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {parts.filter(({ key }) => rows.some(({ spent }) => (spent?.[key] ?? 0) > 0)).map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span className="inline-block size-2.5" style={{ background: colour }} />
            {label}
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function PartMarks({ row: { spent }, parts, scale }: { readonly row: Row; readonly parts: readonly Part[]; readonly scale: number }) {
  if (spent === null) return null;
  const lefts = parts.map((_, i) => LABEL + scale * parts.slice(0, i).reduce((sum, { key }) => sum + spent[key], 0));
  return parts.map(({ key, label, colour }, i) =>
    spent[key] <= 0 ? null : (
      <rect key={key} x={lefts[i]} width={spent[key] * scale} y={(ROW - BAR) / 2} height={BAR} fill={colour}>
        <title>{`${label}: ${formatNumber(spent[key], 1)} ms`}</title>
      </rect>
    ),
  );
}

const rowsOf = (asItIs: os.HostPlay, changed: os.HostPlay): readonly Row[] =>
  asItIs.programs.flatMap(({ program, served, spent }) => {
    const after = changed.programs.find((each) => each.program === program);
    return served + (after?.served ?? 0) === 0 ? [] : [{ label: `${program}, as it is`, spent }, { label: `${program}, changed`, spent: after?.spent ?? null }];
  });

const spoken = ({ label, spent }: Row, parts: readonly Part[]) => `${label}: ${spent === null ? 'nothing was answered' : parts.map(({ key, label: part }) => `${part} ${formatNumber(spent[key], 1)} ms`).join(', ')}`;

const partsTable = (rows: readonly Row[], parts: readonly Part[]) => ({
  header: ['program', ...parts.map(({ label }) => `${label}, ms`)],
  rows: rows.map(({ label, spent }) => [label, ...parts.map(({ key }) => spent?.[key] ?? null)]),
});
