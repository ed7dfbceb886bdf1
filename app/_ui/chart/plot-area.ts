/**
 * Where a time plot lies inside its drawing. Left and right gutters are the same numbers on every chart and
 * on the time axis, so that one cursor line runs straight through all of them.
 */
export const PLOT_LEFT_PX = 56;
export const PLOT_RIGHT_PX = 16;

export type PlotArea = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

export const plotArea = (width: number, height: number, timeLabels: boolean): PlotArea => ({ left: PLOT_LEFT_PX, right: Math.max(PLOT_LEFT_PX + 1, width - PLOT_RIGHT_PX), top: 8, bottom: height - (timeLabels ? 20 : 6) });

/** Round steps of time: 1, 2, 5, 10, 15, 30 s, minutes, hours, days; at most `count` ticks. */
const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 432_000, 604_800];

export function timeTicks(from: number, to: number, count: number): readonly number[] {
  const step = STEPS_SECONDS.find((seconds) => (to - from) / seconds <= count) ?? STEPS_SECONDS[STEPS_SECONDS.length - 1]! * Math.ceil((to - from) / STEPS_SECONDS[STEPS_SECONDS.length - 1]! / count);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) => (first + i) * step);
}
