/** Answers the loop inside a simulation: commands are applied to the simulated world, conditionally as live ones are. */
import type { TimeUs } from '@/engine/kernel';
import { applyCommand, os, shareDirtyNodes, type World } from '@/engine/twin';
import { approvePlan } from './approve/approve-plan';
import type { LoopAdapter } from './drive-loop';
import { objectOf } from './plan/assemble';
import type { LoopPolicy } from './policy';
import { hostFingerprints, routerFingerprints, stateFingerprints } from './state-fingerprints';

/** `autoApprove` stands for the operator of the simulated system, who says yes at once. */
export function worldAdapter(world: World, policy: LoopPolicy, autoApprove: boolean): LoopAdapter {
  const fingerprints = () => [
    ...stateFingerprints(world.infra.services.map((s) => ({ service: s.name, replicas: s.wantedReplicas, quotaMillicores: s.quotaMillicores }))),
    ...routerFingerprints((world.mesh?.topology.names ?? []).map((router, i) => ({ router, hopPenalty: world.mesh!.routers.hopPenalty[i]!, up: world.mesh!.routers.up[i] === 1 }))),
    ...hostFingerprints(world.hosts.map(os.settingsOfHost)),
  ];
  return {
    fingerprints,
    approve(plan) {
      const approved = autoApprove ? approvePlan(plan, { name: 'simulated operator', kind: 'person' }, policy, world.nowUs) : null;
      return approved?.ok === true ? approved.value : null;
    },
    send(step, _key, expectedVersion) {
      const atUs: TimeUs = world.nowUs;
      const versionNow = () => fingerprints().find((f) => f.object === objectOf(step.command))?.version ?? '';
      if (versionNow() !== expectedVersion) return { index: step.index, result: 'refused', detail: `${step.precondition.object} is "${versionNow()}", not "${expectedVersion}"`, atUs };
      const result = applyCommand(world, step.command);
      shareDirtyNodes(world);
      return result.ok ? { index: step.index, result: 'applied', version: versionNow(), atUs } : { index: step.index, result: 'refused', detail: JSON.stringify(result.error), atUs };
    },
  };
}
