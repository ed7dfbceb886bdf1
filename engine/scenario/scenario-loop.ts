/** The decision loop running inside a scenario: it sees frames, never the world, and acts through commands. */
import { seconds, type TimeUs } from '@/engine/kernel';
import { DEFAULT_POLICY, driveLoop, startLoop, worldAdapter, type Decision, type LoopConfig, type LoopObjective, type LoopPolicy, type LoopState, type ScoredPlan } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { World } from '@/engine/twin';
import { ENGINE_VERSION } from './engine-version';
import type { ScenarioSpec } from './scenario-spec';

export type ScenarioLoop = { nextTurnUs: TimeUs; state: LoopState; readonly config: LoopConfig; readonly autoApprove: boolean; readonly decisions: Decision[]; readonly scored: ScoredPlan[] };

export function scenarioLoop(spec: ScenarioSpec, seed: number): ScenarioLoop {
  const { everySeconds, autoApprove } = spec.loop!;
  const policy: LoopPolicy = { ...DEFAULT_POLICY, everySeconds, objectives: objectivesOf(spec), usdPerHourMax: spec.system.prices?.budget?.usdPerHourMax ?? DEFAULT_POLICY.usdPerHourMax };
  const config: LoopConfig = { system: spec.system, policy, target: { connector: 'simulation', name: spec.id }, seed, engineVersion: ENGINE_VERSION, calibrationError: null, windowErrors: {} };
  return { nextTurnUs: seconds(everySeconds), state: startLoop(), config, autoApprove, decisions: [], scored: [] };
}

/** One turn at the present of the world; `frames` are those made since the last turn. */
export function turnScenarioLoop(loop: ScenarioLoop, world: World, frames: readonly Frame[]): void {
  const turn = driveLoop(loop.state, frames, loop.config, worldAdapter(world, loop.config.policy, loop.autoApprove));
  loop.state = turn.state;
  loop.decisions.push(turn.decision);
  loop.scored.push(...turn.scored);
  loop.nextTurnUs = (loop.nextTurnUs + seconds(loop.config.policy.everySeconds)) as TimeUs;
}

/** The scenario's objectives as the loop judges seconds: latency by p95, availability as its complement. */
export function objectivesOf(spec: ScenarioSpec): LoopObjective[] {
  const names = [...new Set((spec.objectives ?? []).flatMap((o) => ('service' in o ? [o.service] : [])))];
  return names.map((service) => {
    const latencies = (spec.objectives ?? []).flatMap((o) => (o.kind === 'latency' && o.service === service ? [o.maxMs] : []));
    const availabilities = (spec.objectives ?? []).flatMap((o) => (o.kind === 'availability' && o.service === service ? [o.min] : []));
    return { service, latencyP95MsMax: Math.min(3_600_000, ...latencies), errorShareMax: Math.min(1, ...availabilities.map((min) => 1 - min)) };
  });
}
