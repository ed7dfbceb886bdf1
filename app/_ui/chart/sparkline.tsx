/** A word-sized line: shape only, no axis. Hidden from assistive technology; its number stands beside it. */
import { line, scaleLinear } from 'd3';

type SparklineProps = { readonly values: readonly (number | null)[]; readonly width?: number; readonly height?: number; readonly colour?: string };

export function Sparkline({ values, width = 72, height = 20, colour = 'var(--ink-2)' }: SparklineProps) {
  const present = values.filter((value) => value !== null);
  const low = Math.min(...present);
  const high = Math.max(...present);
  const y = scaleLinear([low, high > low ? high : low + 1], [height - 2, 2]);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, width - 1]);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, i) => x(i))
    .y((value) => y(value ?? low));
  return (
    <svg width={width} height={height} aria-hidden className="block">
      {present.length < 2 ? null : <path d={path(values) ?? ''} fill="none" stroke={colour} strokeWidth="1.25" />}
    </svg>
  );
}
