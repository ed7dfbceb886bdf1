/** One difference relative to A: a dot with its interval on a scale around zero, cut at ±100 %. */
import type { DifferenceRow } from './difference-rows';

const WIDTH = 160;
const HEIGHT = 16;
const cut = (share: number) => Math.max(-1, Math.min(1, share));
const at = (share: number) => (WIDTH / 2) * (1 + cut(share));

export function IntervalDot({ row }: { readonly row: DifferenceRow }) {
  if (row.relative === null || row.relativeHalf === null) return <span className="text-ink-3">–</span>;
  const colour = row.runsNeeded !== null || row.delta === 0 ? 'var(--ink-3)' : 'var(--ink)';
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`${(row.relative * 100).toFixed(0)} % of A, give or take ${(row.relativeHalf * 100).toFixed(0)} %`} className="inline-block align-middle">
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2={HEIGHT} stroke="var(--line-strong)" />
      <line x1={at(row.relative - row.relativeHalf)} x2={at(row.relative + row.relativeHalf)} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke={colour} strokeWidth="2" />
      <circle cx={at(row.relative)} cy={HEIGHT / 2} r="3" fill={colour} />
    </svg>
  );
}
