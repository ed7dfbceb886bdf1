/** Whether a run kept what the scenario asks. An objective that nothing measured is not met. */
import type { Kpi, RunReport } from './run-report';
import type { ObjectiveSpec, ScenarioSpec } from './scenario-spec';

export function judgeObjectives(spec: ScenarioSpec, kpis: Readonly<Record<string, Kpi>>): RunReport['objectives'] {
  return (spec.objectives ?? []).map((objective) => {
    const { title, kpi, limit, unit, atLeast } = termsOf(objective);
    const raw = kpis[kpi]?.value ?? null;
    const measured = raw !== null && atLeast ? 1 - raw : raw;
    const met = measured !== null && (atLeast ? measured >= limit : measured <= limit);
    return { title, met, measured, limit, unit };
  });
}

function termsOf(objective: ObjectiveSpec): { title: string; kpi: string; limit: number; unit: string; atLeast: boolean } {
  switch (objective.kind) {
    case 'latency': {
      const percentile = Math.round(objective.quantile * 100);
      return { title: `p${percentile} of ${objective.service} at most ${objective.maxMs} ms`, kpi: `${objective.service}.latencyP${percentile}Ms`, limit: objective.maxMs, unit: 'ms', atLeast: false };
    }
    case 'availability':
      return { title: `availability of ${objective.service} at least ${objective.min * 100} %`, kpi: `${objective.service}.errorShare`, limit: objective.min, unit: 'share', atLeast: true };
    case 'rto':
    case 'rpo':
      return { title: `${objective.kind.toUpperCase()} of ${objective.service} at most ${objective.maxSeconds} s`, kpi: `${objective.service}.${objective.kind}Seconds`, limit: objective.maxSeconds, unit: 's', atLeast: false };
    case 'cost':
      return { title: `cost at most ${objective.maxUsdPerHour} $/h`, kpi: 'cost', limit: objective.maxUsdPerHour, unit: '$/h', atLeast: false };
  }
}
