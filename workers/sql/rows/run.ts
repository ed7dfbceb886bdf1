/** A run, its objectives, KPIs, outcomes, alarms and decisions as rows. */
import type { AlarmRow, DecisionRow, KpiRow, ObjectiveRow, RunOutcomeRow, RunRow } from '@/engine/query';
import type { ObjectiveSpec, RunReport } from '@/engine/scenario';
import type { DecisionRecord, RunHeader } from '../../sql-api';

export function runRow({ runId, source, startedUs, variant }: RunHeader, report?: RunReport): RunRow {
  return {
    run_id: runId,
    source,
    scenario_id: report?.scenario ?? null,
    variant: variant ?? null,
    seed: report?.seed ?? null,
    engine_version: report?.engineVersion ?? null,
    state_hash: report?.stateHash ?? null,
    started_us: startedUs,
    simulated_seconds: report?.simulatedSeconds ?? null,
    events: report?.events ?? null,
    cost_usd: report?.costUsd ?? null,
    energy_kwh: report?.energyKwh ?? null,
    carbon_kg: report?.carbonKg ?? null,
  };
}

export const objectiveRows = (runId: string, objectives: readonly ObjectiveSpec[]): ObjectiveRow[] => objectives.map((objective) => ({ run_id: runId, ...limitOf(objective) }));

function limitOf(objective: ObjectiveSpec): Omit<ObjectiveRow, 'run_id'> {
  switch (objective.kind) {
    case 'latency':
      return { kind: 'latency', service: objective.service, quantile: objective.quantile, limit_value: objective.maxMs };
    case 'availability':
      return { kind: 'availability', service: objective.service, quantile: null, limit_value: objective.min };
    case 'rto':
    case 'rpo':
      return { kind: objective.kind, service: objective.service, quantile: null, limit_value: objective.maxSeconds };
    case 'cost':
      return { kind: 'cost', service: null, quantile: null, limit_value: objective.maxUsdPerHour };
  }
}

export const kpiRows = (runId: string, { kpis }: RunReport): KpiRow[] => Object.entries(kpis).map(([kpi, { value, unit }]) => ({ run_id: runId, kpi, value, unit }));

export const outcomeRows = (runId: string, { scenario, seed, objectives }: RunReport): RunOutcomeRow[] =>
  objectives.map(({ title, met, measured, limit, unit }) => ({ run_id: runId, scenario_id: scenario, seed, objective: title, met, measured, limit_value: limit, unit }));

export const alarmRows = ({ runId, startedUs }: RunHeader, { alarms }: RunReport): AlarmRow[] =>
  alarms.map(({ kind, atSeconds, subject, detail }) => ({ run_id: runId, at_us: startedUs + Math.round(atSeconds * 1e6), kind, subject, detail }));

export const decisionRows = (runId: string, decisions: readonly DecisionRecord[]): DecisionRow[] =>
  decisions.map((turn) => ({ run_id: runId, at_us: turn.atUs, findings: turn.findings, candidates: turn.candidates, chosen: turn.chosen, plan_id: turn.planId, decision_hash: turn.decisionHash }));
