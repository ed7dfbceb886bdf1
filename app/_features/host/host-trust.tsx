/** How close the host twin is to records of a real Linux host, from the last run of `fidelity host`. */
import fidelity from '@/app/_lib/fidelity/host-fidelity.json';
import { ShareBar } from '@/app/_ui/share-bar';

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
                <ShareBar share={share} bar={BAR} />
                {(100 * share).toFixed(1)} %{ratio === null ? '' : ` (${ratio} ×)`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
