/** How the twin begins, against how the cluster was found: who stands where he ran, who waits, and who may not stand where he was and why. */
import { seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, MOVED_ALARM, type World } from '@/engine/twin';
import type { ScenarioSpec } from '../../scenario-spec';
import type { CardAssumption } from '../fit-card/fit-card';
import { foundPlaces } from './placement/found-places';
import type { Parts } from './service/service-specs';

/** Pods named one by one; the others are counted. */
const NAMED_MAX = 5;
const BOUND_BY = 'spec.nodeName in the export';

/** The scheduler's first pass is over by then. */
const FIRST_PASS_SECONDS = 2;

export function beginnings(parts: Parts, { system, seed }: ScenarioSpec): readonly CardAssumption[] {
  const places = parts.cluster.workloads.map((workload, i) => foundPlaces(workload, parts.nodeNames, parts.replicas[i]!));
  const sum = (of: (place: (typeof places)[number]) => number) => places.reduce((total, place) => total + of(place), 0);
  const [standing, waiting] = [sum((place) => place.standing), sum((place) => place.waiting)];
  const { moved, names, waits } = standing + waiting === 0 ? NOBODY : beginning(system, seed, waiting);
  const { nodes } = parts.cluster;
  return [
    { what: 'Pods where they run', value: 'they begin on the same node', count: standing - moved, because: BOUND_BY, instead: 'nothing' },
    { what: 'Pods that may not stand where they run', value: `placed by the scheduler: ${names}`, count: moved, because: 'pods of a workload are alike in the twin, and its kubelet refuses them there', instead: 'nothing' },
    { what: 'Pods on nodes of which no file tells', value: 'placed by the scheduler', count: sum((place) => place.elsewhere), because: 'their node is not in the files', instead: 'kubectl get nodes -o json' },
    { what: 'Pods that wait for a node', value: waits, count: waiting, because: 'they have no spec.nodeName', instead: 'nothing' },
    { what: 'Nodes not ready', value: 'they begin without a heartbeat; their pods serve nobody and are evicted when their tolerance is over', count: nodes.filter(({ ready }) => !ready).length, because: 'their Ready condition says so', instead: 'nothing' },
    { what: 'Nodes cordoned', value: 'they begin cordoned', count: nodes.filter(({ node }) => node.unschedulable === true).length, because: 'spec.unschedulable', instead: 'nothing' },
  ].filter(({ count }) => count > 0);
}

const NOBODY = { moved: 0, names: '', waits: '' };

/** Compiles the world once: what it would not take is known only then. */
function beginning(system: ScenarioSpec['system'], seed: number, waiting: number): typeof NOBODY {
  const world = compileWorld(system, seed);
  const moved = movedPods(world, system);
  return { moved, names: named(world, moved), waits: waiting === 0 ? '' : waitingInWords(world) };
}

/** By where everybody stands: a world keeps only so many alarms. */
function movedPods({ infra }: World, { services }: ScenarioSpec['system']): number {
  return services.reduce((sum, { startsOn = [] }, service) => sum + startsOn.filter((node, i) => node !== null && infra.nodes[infra.replicas[infra.services[service]!.replicas[i]!]!.node]?.name !== node).length, 0);
}

function named({ alarms }: World, moved: number): string {
  const words = alarms.filter(({ kind }) => kind === MOVED_ALARM).slice(0, NAMED_MAX).map(({ subject, detail }) => `${subject} (${detail})`);
  return [...words, ...(moved > words.length ? [`and ${moved - words.length} more`] : [])].join('; ');
}

function waitingInWords(world: World): string {
  const pending = () => world.infra.replicas.filter(({ phase }) => phase === 'pending').length;
  const before = pending();
  advanceWorld(world, seconds(FIRST_PASS_SECONDS));
  const pushed = world.alarms.filter(({ kind }) => kind === 'preempted').map(({ subject }) => subject);
  if (pushed.length > 0) return `they begin waiting; the twin’s scheduler pushes out less important pods for them (${pushed.slice(0, NAMED_MAX).join(', ')}${pushed.length > NAMED_MAX ? ' and more' : ''})`;
  const placed = Math.max(0, before - pending());
  return placed === 0 ? 'they wait in the twin too' : `they begin waiting; the twin’s scheduler finds room for ${placed} in its first seconds`;
}
