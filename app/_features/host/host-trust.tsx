/** How close the host twin is to records of a real Linux host, from the last run of `fidelity host`. */
import fidelity from '@/app/_lib/fidelity/host-fidelity.json';

const ABOUT: Readonly<Record<string, string>> = {
  A: 'CPU shares',
  B: 'CPU quota',
  C: 'memory and OOM',
  D: 'service latency',
  E: 'scale-out',
  F: 'service chain',
  G: 'start-up',
  H: 'disk limits',
};
const BAR = 0.9;
const WIDTH = 44;

export function HostTrust() {
  const { experiments, records, measuredOn } = fidelity;
  return (
    <section aria-label="How close the host twin is to a real host" className="grid gap-1 border-l-2 border-accent bg-sheet px-3 py-2">
      <p className="text-ink-2">
        <strong className="font-medium text-ink">Compared with {records} records of a real Linux host</strong> on {measuredOn}: share of values inside their tolerance or the spread of the repeats (the tick is 90 %), and the median error as a part of the textbook’s.
      </p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {experiments.map(({ experiment, within, values, ratio }) => {
          const share = values === 0 ? 1 : within / values;
          return (
            <li key={experiment} className="grid" title={`${within} of ${values} values`}>
              <span className="text-xs text-ink-3">{ABOUT[experiment] ?? experiment}</span>
              <span className="flex items-center gap-1.5 text-sm">
                <svg width={WIDTH} height="8" aria-hidden>
                  <rect y="1" width={WIDTH} height="6" fill="var(--well)" />
                  <rect y="1" width={WIDTH * share} height="6" fill={share >= BAR ? 'var(--ink-2)' : 'var(--risk-2)'} />
                  <rect x={WIDTH * BAR - 1} width="1.5" height="8" fill="var(--ink)" />
                </svg>
                {(100 * share).toFixed(1)} %{ratio === null ? '' : ` (${ratio} ×)`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
