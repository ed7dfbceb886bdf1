/** The horizontal autoscaler's round for one service of the running world; the rule itself is `reconcile`. */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { DEFAULT_DOWN, DEFAULT_DOWNSCALE_WINDOW_SECONDS, DEFAULT_UP, DEFAULT_UP_LIMIT, reconcile, rulesOf, type ScalingBehavior, type ScalingRules } from '../../kubernetes';
import type { Service } from '../../infra';
import { setWantedReplicas } from '../../replicas';
import { activeReplicas } from '../rollout/reconcile-replicas';
import type { HpaSpec, ScalingRulesSpec } from '../spec';
import { hpaPods, metricsOf, metricSource } from './hpa-metrics';

const TOLERANCE = 0.1; // --horizontal-pod-autoscaler-tolerance
const CPU_INITIALIZATION_SECONDS = 300;
const INITIAL_READINESS_DELAY_SECONDS = 30;

export function syncHpa(world: World, index: number): void {
  const service = world.infra.services[index]!;
  const { hpa, scaling } = service.rules;
  if (hpa === null) return;
  schedule(world.queue, timeUs(world.nowUs + world.infra.cluster.settings.hpaSyncUs), EventKind.hpaSync, index);
  const current = service.wantedReplicas;
  const outcome = reconcile({ ...contextOf(world, service, hpa), range: hpa, metrics: metricsOf(hpa).map((metric) => metricSource(world, service, metric)), behavior: behaviorOf(hpa), history: scaling.history, downscaleWindowSeconds: DEFAULT_DOWNSCALE_WINDOW_SECONDS, upLimit: DEFAULT_UP_LIMIT });
  scaling.history = outcome.history;
  if (outcome.replicas === current) return;
  const use = outcome.cpuUtilization === null ? '' : `, CPU at ${outcome.cpuUtilization} % of its request`;
  raiseAlarm(world, 'autoscaled', service.name, `${current} → ${outcome.replicas} replicas${use}`);
  setWantedReplicas(world, index, outcome.replicas);
}

function contextOf(world: World, service: Service, hpa: HpaSpec) {
  const first = metricsOf(hpa).find((metric) => metric.kind === 'Resource');
  return {
    currentReplicas: service.wantedReplicas,
    statusReplicas: activeReplicas(world.infra, service).length,
    pods: hpaPods(world, service, first?.resource ?? 'cpu'),
    tolerance: { up: hpa.behavior?.scaleUp?.tolerance ?? TOLERANCE, down: hpa.behavior?.scaleDown?.tolerance ?? TOLERANCE, asDistance: rulesOf(world.infra.cluster.settings.version).toleranceAsDistance },
    clock: { now: world.nowUs / US_PER_SECOND, cpuInitializationSeconds: CPU_INITIALIZATION_SECONDS, initialReadinessDelaySeconds: INITIAL_READINESS_DELAY_SECONDS },
  };
}

/** What is not said has the API's default; without a behaviour at all the older limits hold. */
function behaviorOf({ behavior }: HpaSpec): ScalingBehavior | null {
  return behavior === undefined ? null : { up: filled(behavior.scaleUp, DEFAULT_UP), down: filled(behavior.scaleDown, DEFAULT_DOWN) };
}

const filled = (spec: ScalingRulesSpec | undefined, rules: ScalingRules): ScalingRules => ({
  stabilizationWindowSeconds: spec?.stabilizationWindowSeconds ?? rules.stabilizationWindowSeconds,
  selectPolicy: spec?.selectPolicy ?? rules.selectPolicy,
  policies: spec?.policies ?? rules.policies,
});
