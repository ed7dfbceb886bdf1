/**
 * How far something is: a bar where the end is known, a count where it is not. It never spins, and it
 * can always say what it is doing and be stopped.
 */
import { Button } from './button';
import { formatNumber } from './number-format';

type ProgressProps = {
  readonly label: string;
  readonly done: number;
  /** Missing where the end is not known: then only the count is shown. */
  readonly total?: number;
  readonly unit?: string;
  readonly onStop?: () => void;
};

export function Progress({ label, done, total, unit = '', onStop }: ProgressProps) {
  const known = total !== undefined && total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  const count = known ? `${formatNumber(done)} of ${formatNumber(total)} ${unit}` : `${formatNumber(done)} ${unit}`;
  return (
    <div className="grid gap-1">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span className="text-ink-2">{label}</span>
        <span className="text-ink-3">{count.trim()}</span>
      </div>
      {known ? (
        <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-valuetext={count.trim()} className="h-1 overflow-hidden bg-well">
          <div className="h-full origin-left bg-accent transition-transform duration-150" style={{ transform: `scaleX(${share})` }} />
        </div>
      ) : null}
      {onStop === undefined ? null : (
        <div>
          <Button small onClick={onStop}>
            Stop
          </Button>
        </div>
      )}
    </div>
  );
}
