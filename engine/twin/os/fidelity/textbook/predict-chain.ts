/**
 * The textbook on a chain without faults: the utilisation law per service, and one queue per CPU in product form,
 * D / (1 − U), plus a constant. CPU per request and the constant are those of every other window without a fault of the
 * very run that it is asked about; it predicts the rest. So it is told how fast the machine was, which the twin is not.
 */
import type { ChainScenario, ChainTarget } from '../../service';

export type MeasuredWindow = { readonly t: number; readonly offered: number; readonly ok: number; readonly meanMs: number; readonly fault: string; readonly cores: Readonly<Record<ChainTarget, number>> };
export type MeasuredChain = { readonly windows: readonly MeasuredWindow[]; /** Exits, starts and recoveries. */ readonly eventsS: readonly number[] };

const SERVICES = ['frontend', 'backend', 'db'] as const;
const WINDOW_S = 10;
const TESTED_MIN = 3;
/** Least idle part of a CPU that the formula is asked about. */
const IDLE_MIN = 0.02;

export function predictChain({ groups }: Pick<ChainScenario, 'groups'>, { windows, eventsS }: MeasuredChain): Map<string, number> {
  const quiet = windows.filter(({ t, ok, fault }, i) => fault === '' && (windows[i - 1]?.fault ?? '') === '' && t >= WINDOW_S && ok > 0 && !eventsS.some((atS) => atS > t - WINDOW_S && atS < t + WINDOW_S));
  const told = quiet.filter((_, i) => i % 2 === 0);
  const asked = quiet.filter((_, i) => i % 2 === 1);
  if (asked.length < TESTED_MIN) return new Map();
  const answered = sum(told.map(({ ok }) => ok));
  const secondsOf = Object.fromEntries(SERVICES.map((service) => [service, sum(told.map(({ cores }) => cores[service])) / answered]));
  const demands = new Map<string, number>();
  for (const service of SERVICES) {
    const cpus = groups[service].cpus ?? '';
    demands.set(cpus, (demands.get(cpus) ?? 0) + secondsOf[service]!);
  }
  const queuesMs = (rps: number) => sum([...demands.values()].map((demandS) => (1_000 * demandS) / Math.max(IDLE_MIN, 1 - rps * demandS)));
  const constantMs = Math.max(0, lowerHalfMean(told.map(({ meanMs, offered }) => meanMs - queuesMs(offered))));
  return new Map(asked.flatMap(({ t, ok, offered }) => [...SERVICES.map((service) => [`${t} s cpu_${service}`, ok * secondsOf[service]!] as const), [`${t} s mean`, queuesMs(offered) + constantMs] as const]));
}

function lowerHalfMean(values: readonly number[]): number {
  const lower = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 2));
  return sum(lower) / lower.length;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
