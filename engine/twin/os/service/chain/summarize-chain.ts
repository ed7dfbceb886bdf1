/** A played chain in the laboratory's words: per window what was offered, answered and failed, latencies and CPU, and what the faults did. */
import { round } from '../summarize-load';
import type { ChainRun } from './chain-run';
import type { ChainFaultReport, ChainRunReport, ChainWindow } from './chain-scenario';

export function summarizeChain(run: ChainRun, rep: number): ChainRunReport {
  const { scenario, requests } = run;
  const codes: Record<string, number> = {};
  for (const { code, endUs } of requests) if (endUs <= Infinity) codes[code] = (codes[code] ?? 0) + 1;
  const done = requests.filter(({ endUs }) => endUs <= Infinity).length;
  const faults = scenario.faults.map((fault, i): ChainFaultReport => ({ n: i + 1, ...fault, startS: fault.atS, endS: faultEnd(run, i) }));
  const windows = run.marks.slice(0, -1).flatMap((mark, i) => {
    const fromS = round((mark.atUs - run.startUs) / 1e6, 3);
    return fromS < scenario.durationS ? [windowOf(run, i, fromS, faults)] : [];
  });
  return { rep, loadgen: { planned: requests.length, sent: requests.length, done, unanswered: requests.length - done, codes }, faults, events: run.events, windows };
}

/** A kill or a leak is over when the service is ready again. */
function faultEnd(run: ChainRun, i: number): number | null {
  const { kind, atS } = run.scenario.faults[i]!;
  const ended = run.faultEnds[i] ?? null;
  if (ended !== null) return round((ended - run.startUs) / 1e6, 3);
  if (kind !== 'kill' && kind !== 'leak') return null;
  return run.events.find(({ ev, tS }) => ev === 'ready' && tS > atS)?.tS ?? null;
}

function windowOf(run: ChainRun, i: number, fromS: number, faults: readonly ChainFaultReport[]): ChainWindow {
  const { windowS } = run.scenario;
  const toS = fromS + windowS;
  const inside = run.requests.filter(({ dueUs }) => dueUs >= run.startUs + fromS * 1e6 && dueUs < run.startUs + toS * 1e6);
  const latencies = inside.filter(({ code, endUs }) => code === 200 && endUs <= Infinity).map(({ dueUs, endUs }) => (endUs - dueUs) / 1_000).sort((a, b) => a - b);
  const rank = (q: number) => (latencies.length === 0 ? null : round(latencies[Math.min(latencies.length - 1, Math.max(0, Math.ceil(q * latencies.length) - 1))]!, 2));
  const cpu = (k: number) => round((run.marks[i + 1]!.cpuUs[k]! - run.marks[i]!.cpuUs[k]!) / Math.max(1, run.marks[i + 1]!.atUs - run.marks[i]!.atUs), 4);
  return {
    t: fromS, offered: inside.length / windowS, ok: latencies.length / windowS, err: inside.length - latencies.length,
    p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), mean: latencies.length === 0 ? null : round(latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length, 2),
    cpu_frontend: cpu(0), cpu_backend: cpu(1), cpu_db: cpu(2), cpu_hog: cpu(3),
    fault: faults.filter(({ startS, endS }) => startS < toS && (endS ?? Infinity) > fromS).map(({ label, kind }) => label ?? kind).join('+'),
  };
}
