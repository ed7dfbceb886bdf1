/** What was found in the files and how well a twin fits them, before anything is run with it. */
import type { OpenedRecording } from '@/app/_lib/recording/open-recording';
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';

const SIGNAL_WORDS = { servedRps: 'throughput', cpuCores: 'CPU', latencyMeanMs: 'mean latency', latencyP95Ms: 'p95 latency' } as const;

export type UnderstoodRecording = { readonly recording: OpenedRecording['recording']; readonly twin: NonNullable<OpenedRecording['twin']> };

export function WhatIUnderstood({ found: { recording, twin: { calibration } }, onRun, onDrop }: { readonly found: UnderstoodRecording; readonly onRun: () => void; readonly onDrop: () => void }) {
  const remarks = [...recording.warnings.map((warning) => `${warning.where}: ${warning.what}`), ...calibration.warnings];
  const worst = calibration.errors.reduce<(typeof calibration.errors)[number] | null>((top, error) => ((error.medianRelativeError ?? 0) > (top?.medianRelativeError ?? 0) ? error : top), null);
  return (
    <section aria-label="What I understood" className="grid gap-1 border-l-2 border-accent pl-3">
      <p className="font-medium text-ink">What I understood</p>
      <p className="text-ink-2">{recording.understood.sentence}</p>
      <p className="text-ink-2">
        A twin fitted on {formatCount(calibration.fittedSeconds)} s is off by {formatShare(calibration.medianError)} (median) on {formatCount(calibration.heldOutSeconds)} s it did not see
        {worst === null ? '.' : `; worst is ${SIGNAL_WORDS[worst.signal]} of ${worst.service} with ${formatShare(worst.medianRelativeError)}.`}
      </p>
      {remarks.length === 0 ? null : (
        <details className="text-sm text-ink-2">
          <summary>{remarks.length === 1 ? 'One remark' : `${remarks.length} remarks`}</summary>
          <ul className="grid gap-1 pt-1">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="flex gap-2">
        <Button kind="primary" small onClick={onRun}>
          Run this system
        </Button>
        <Button kind="quiet" small onClick={onDrop}>
          Another file
        </Button>
      </div>
    </section>
  );
}
