/**
 * How far a model is off, signal by signal, on data it did not see: a row of short bars with their numbers.
 * Shown wherever an answer rests on the model.
 */
import { formatNumber } from './number-format';

export type TrustError = { readonly service: string; readonly signal: string; readonly medianRelativeError: number | null; readonly windows: number };
type TrustStripProps = { readonly errors: readonly TrustError[]; readonly medianError: number | null; readonly fittedSeconds: number; readonly heldOutSeconds: number; readonly excludedSeconds: number };

const WIDTH = 56;
/** An error of this share fills the bar. */
const FULL = 0.5;

const SIGNAL_WORDS: Readonly<Record<string, string>> = { servedRps: 'throughput', cpuCores: 'CPU', latencyMeanMs: 'mean latency', latencyP95Ms: 'p95 latency' };

export function TrustStrip({ errors, medianError, fittedSeconds, heldOutSeconds, excludedSeconds }: TrustStripProps) {
  const services = [...new Set(errors.map((error) => error.service))];
  return (
    <section aria-label="How well the twin fits" className="grid gap-2 border-l-2 border-accent bg-sheet px-3 py-2">
      <p>
        <strong className="font-medium">{medianError === null ? 'Not judged' : `${formatNumber(medianError * 100)} % off (median)`}</strong>{' '}
        <span className="text-ink-2">
          on {heldOutSeconds} s the twin did not see, fitted on {fittedSeconds} s{excludedSeconds === 0 ? '' : `; ${excludedSeconds} s with faults left out`}.
        </span>
      </p>
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {services.map((service) => (
          <li key={service}>
            <p className="text-sm text-ink-2">{service}</p>
            <ul className="flex flex-wrap gap-x-3">
              {errors.filter((error) => error.service === service).map((error) => (
                <TrustBar key={error.signal} error={error} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TrustBar({ error: { signal, medianRelativeError, windows } }: { readonly error: TrustError }) {
  const share = medianRelativeError ?? 0;
  const tone = share > 0.3 ? 'var(--risk-3)' : share > 0.15 ? 'var(--risk-2)' : 'var(--ink-2)';
  return (
    <li className="grid" title={`${windows} windows compared`}>
      <span className="text-xs text-ink-3">{SIGNAL_WORDS[signal] ?? signal}</span>
      <span className="flex items-center gap-1.5 text-sm">
        <svg width={WIDTH} height="6" aria-hidden>
          <rect width={WIDTH} height="6" fill="var(--well)" />
          <rect width={WIDTH * Math.min(1, share / FULL)} height="6" fill={tone} />
        </svg>
        {medianRelativeError === null ? '–' : `${formatNumber(medianRelativeError * 100)} %`}
      </span>
    </li>
  );
}
