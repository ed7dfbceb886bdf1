/** The measured line, the moment of the last step, and the promised band over the verify window: inside or outside, as it happens. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart } from '@/app/_ui/chart/time-series-chart';
import type { Prediction } from '@/engine/loop';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import type { PlanDetail } from './plan-words';

const BEFORE_SECONDS = 60;
const LATENCY = 'latencyP95Ms';

export function PromiseChart({ detail, frames }: { readonly detail: PlanDetail; readonly frames: readonly Frame[] }) {
  const { body } = detail;
  const run = detail.executions.findLast((execution) => execution.direction === 'forward' && execution.mode === 'live' && execution.appliedAtUs !== null);
  const prediction = 'predicted' in body ? latencyPromise(body.predicted) : null;
  const doNothing = 'doNothing' in body ? (body.doNothing.find((p) => p.metric === LATENCY && p.subject === prediction?.subject) ?? null) : null;
  const now = frames.at(-1)?.atUs ?? null;
  const zero = run?.appliedAtUs ?? now;
  const from = zero === null ? 0 : (zero / 1e6) - BEFORE_SECONDS;
  const points = useMemo(() => (prediction === null ? [] : linePoints(frames, prediction.subject, (zero ?? 0) / 1e6)), [frames, prediction, zero]);
  if (prediction === null || zero === null) return null;
  const window = [body.settleSeconds, body.settleSeconds + body.verifySeconds] as const;
  const to = Math.max(window[1] + 10, now === null || run === undefined ? 0 : Math.min((now - zero) / 1e6, window[1] + 60));
  const promised = window.map((x) => [x, prediction.lower, prediction.upper] as const);
  return (
    <TimeSeriesChart
      title={`p95 latency of ${prediction.subject}: measured, and as promised`}
      summary={run === undefined ? 'The band stands where the promise would be measured if the plan ran now.' : undefined}
      unit="ms"
      fileName={`plan-${detail.planId.slice(0, 8)}`}
      domain={[from - zero / 1e6, to]}
      lines={[
        { key: 'measured', label: 'measured', colour: 'var(--ink)', provenance: 'live', points },
        ...(doNothing === null ? [] : [{ key: 'nothing', label: 'predicted, doing nothing', colour: 'var(--ink-3)', provenance: 'forecast' as const, ghost: true, points: window.map((x) => [x, doNothing.mean] as const) }]),
      ]}
      bands={[{ key: 'promise', label: `promised band (${Math.round(prediction.level * 100)} %)`, colour: 'var(--accent)', provenance: 'forecast', points: promised }]}
      marks={[{ at: 0, label: run === undefined ? 'now' : 'last step' }]}
      formatX={(x) => `${x < 0 ? '−' : '+'}${Math.abs(Math.round(x))} s`}
      height={200}
    />
  );
}

const latencyPromise = (predicted: readonly Prediction[]) => predicted.find((p) => p.metric === LATENCY && p.subject === 'client') ?? predicted.find((p) => p.metric === LATENCY) ?? null;

function linePoints(frames: readonly Frame[], subject: string, zeroSeconds: number) {
  const value = (sample: ServiceSample | undefined) => (sample === undefined || sample.latencyP95Us === null ? null : sample.latencyP95Us / 1e3);
  return frames.map((frame) => [frame.atUs / 1e6 - zeroSeconds, value(frame.services.find((s) => s.service === subject))] as const);
}
