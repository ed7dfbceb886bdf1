/** Runs and what became of their objectives. A recording or a live session is a run too: it has frames and no seed. */
import { bigint, boolean, double, doubleOrNull, integerOrNull, table, text, textOrNull, type RowOf } from '../table';

export const runTable = table('run', 'One row per run: a simulated scenario, a recording or a live session.', {
  run_id: text('Name of the run, unique.'),
  source: text('simulated, recorded or live.'),
  scenario_id: textOrNull('Scenario that was run; null for recordings and live sessions.'),
  variant: textOrNull('Variant in a paired-seed comparison.'),
  seed: integerOrNull('Seed; null unless simulated.'),
  engine_version: textOrNull('Version of the engine that ran it.'),
  state_hash: textOrNull('Hash of the final state.'),
  started_us: bigint('Start: 0 for simulated runs, Unix epoch microseconds otherwise.'),
  simulated_seconds: doubleOrNull('Length of the run.'),
  events: doubleOrNull('Events of the simulation.'),
  cost_usd: doubleOrNull('Cost of the run.'),
  energy_kwh: doubleOrNull('Energy of the run.'),
  carbon_kg: doubleOrNull('Carbon of the run.'),
});
export type RunRow = RowOf<typeof runTable>;

export const runOutcomeTable = table('run_outcome', 'One row per objective and run: was it met?', {
  run_id: text('Run.'),
  scenario_id: textOrNull('Scenario.'),
  seed: integerOrNull('Seed.'),
  objective: text('Title of the objective.'),
  met: boolean('True when the objective held over the run.'),
  measured: doubleOrNull('Measured value; null when nothing was measured.'),
  limit_value: double('Limit of the objective.'),
  unit: text('Unit of both.'),
});
export type RunOutcomeRow = RowOf<typeof runOutcomeTable>;

export const objectiveTable = table('objective', 'What must hold, per run and service, in a form that a frame can be held against.', {
  run_id: text('Run.'),
  kind: text('latency, availability or cost.'),
  service: textOrNull('Service; null for cost.'),
  quantile: doubleOrNull('Latency quantile: 0.5, 0.95 or 0.99.'),
  limit_value: double('Largest latency in ms, smallest availability (0..1), or largest cost in USD per hour.'),
});
export type ObjectiveRow = RowOf<typeof objectiveTable>;

export const alarmTable = table('alarm', 'One row per alarm.', {
  run_id: text('Run.'),
  at_us: bigint('When.'),
  kind: text('Kind of alarm.'),
  subject: text('Service, node or router it is about.'),
  detail: text('One sentence with its numbers.'),
});
export type AlarmRow = RowOf<typeof alarmTable>;

export const kpiTable = table('run_kpi', 'One row per KPI and run.', {
  run_id: text('Run.'),
  kpi: text('Name, as in backend.latencyP95Ms.'),
  value: doubleOrNull('Value; null when nothing was measured.'),
  unit: text('Unit.'),
});
export type KpiRow = RowOf<typeof kpiTable>;
