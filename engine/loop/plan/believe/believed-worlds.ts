/**
 * The worlds that proposals are rehearsed in, one per seed: services as observed; the mesh and the identities only where
 * a proposal touches them, hosts only those that one touches. Where hosts alone are touched, nothing else is lived.
 */
import { seconds } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, hostsOfOrder, isHostOrder, isMeshCommand, os, takeFrames, type SystemSpec, type World } from '@/engine/twin';
import type { Observation } from '../../observe/observe';
import type { LoopPolicy } from '../../policy';
import { believe, believeWithMesh } from './belief';
import { believeHosts } from './believe-hosts';
import { MESH_WARM_SECONDS } from './believe-mesh';
import { withinRegion } from './mesh-region';
import type { Proposal } from '../propose/propose';

/** Meshes fill their windows before they can be judged, and need a boot and some OGMs to answer. */
const MESH_SETTLE_SECONDS = 50;

type Scope = { readonly mesh: boolean; readonly services: boolean; readonly hosts: ReadonlySet<string> };

function scopeOf(proposals: readonly Proposal[]): Scope {
  const commands = proposals.flatMap((proposal) => proposal.commands);
  const hosts = new Set(commands.flatMap((command) => (isHostOrder(command) ? hostsOfOrder(command) : [])));
  return { mesh: commands.some(isMeshCommand), services: hosts.size === 0 || commands.some((command) => !isHostOrder(command)), hosts };
}

/** The policy with the times that these proposals need. */
export function policyFor(proposals: readonly Proposal[], policy: LoopPolicy): LoopPolicy {
  return scopeOf(proposals).mesh ? { ...policy, warmSeconds: Math.max(policy.warmSeconds, MESH_WARM_SECONDS), settleSeconds: Math.max(policy.settleSeconds, MESH_SETTLE_SECONDS) } : policy;
}

/** Trouble further away than this is told, not yet decided on. */
const AHEAD_SECONDS_MAX = 86_400;
/** The second look begins so long before the trouble. */
const BEFORE_SECONDS = 5;

/** From the end of the verify window to the first trouble that the hosts' findings foresee; 0 when none is further than that window. */
export function aheadSeconds({ hosts = [] }: Observation, { settleSeconds, verifySeconds }: LoopPolicy): number {
  const due = hosts.flatMap(({ host, samples }) => os.findInSamples(host, samples).flatMap(({ dueSeconds }) => dueSeconds?.expected ?? []));
  const later = due.map((seconds) => seconds - settleSeconds - verifySeconds - BEFORE_SECONDS).filter((seconds) => seconds > 0 && seconds <= AHEAD_SECONDS_MAX);
  return later.length === 0 ? 0 : Math.min(...later);
}

/** `policy` is that of `policyFor`. */
export function believedWorlds(proposals: readonly Proposal[], frames: readonly Frame[], observation: Observation, system: SystemSpec, policy: LoopPolicy, seeds: readonly number[]): World[] {
  const { mesh, services, hosts } = scopeOf(proposals);
  const observed = (observation.hosts ?? []).filter(({ host }) => hosts.has(host));
  const plain = { ...(mesh ? withinRegion(system, observation.mesh, proposals) : system), hosts: undefined };
  return seeds.map((seed) => {
    const world = services ? (mesh ? believeWithMesh : believe)(frames, observation, plain, policy, seed) : nothingElse(policy, seed);
    for (const host of believeHosts(observed, system.hosts ?? [], seed, policy.warmSeconds)) {
      os.advanceHost(host, world.nowUs);
      Object.assign(host, { samples: [], events: [] });
      world.hosts.push(host);
    }
    return world;
  });
}

function nothingElse({ warmSeconds }: LoopPolicy, seed: number): World {
  const world = compileWorld({ nodes: [], services: [], loads: [] }, seed);
  advanceWorld(world, seconds(warmSeconds));
  takeFrames(world);
  return world;
}
