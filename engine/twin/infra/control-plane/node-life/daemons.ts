/**
 * Daemon services have one pod on every node that it may run on. A drain leaves them where they are, a node that leaves the
 * cluster takes its own along and nobody makes another, and a node that joins gets one. Source: `pkg/controller/daemon`.
 */
import type { World } from '../../../world';
import { requiredNodeMatcher, untoleratedTaint, type Pod } from '../../kubernetes';
import type { Infra, Node } from '../../infra';
import { removeReplica } from '../pod-life/stop-replica';
import { reconcileReplicas } from '../rollout/reconcile-replicas';
import { kubernetesNode, templateOf } from '../scheduling/pod-of';

type Lives = Pick<World, 'infra' | 'nowUs'>;

export const isDaemon = ({ services, replicas }: Infra, replica: number) => services[replicas[replica]!.service]!.rules.daemon === true;

/** The pods of a node that must go elsewhere before it may leave. */
export const movingReplicas = (infra: Infra, { replicas }: Node): readonly number[] => replicas.filter((replica) => !isDaemon(infra, replica));

/** The node leaves the cluster. */
export function daemonsLeave(world: World, index: number): void {
  const { infra } = world;
  for (const replica of infra.nodes[index]!.replicas.filter((each) => isDaemon(infra, each))) {
    infra.services[infra.replicas[replica]!.service]!.wantedReplicas -= 1;
    removeReplica(world, replica);
  }
}

/** The node joins the cluster. */
export function daemonsJoin(world: World, index: number): void {
  world.infra.services.forEach((service, at) => {
    if (service.rules.daemon !== true || podFor(world, at, world.infra.nodes[index]!) === null) return;
    service.wantedReplicas += 1;
    reconcileReplicas(world, at);
  });
}

/** What would run on such a node beside the pods that are placed. */
export const daemonPodsOf = (world: Lives, node: Node): readonly Pod[] => world.infra.services.flatMap((service, at) => (service.rules.daemon === true ? (podFor(world, at, node) ?? []) : []));

/** Null where its selector, its affinity or a taint keeps it away; a cordon does not. */
function podFor({ infra, nowUs }: Lives, at: number, node: Node): Pod | null {
  const service = infra.services[at]!;
  const pod: Pod = { ...templateOf(service, service.rules.cpuRequest, service.rules.memoryRequestBytes), name: `${service.name} on ${node.name}` };
  const seen = kubernetesNode(infra, node, nowUs);
  const taint = untoleratedTaint((seen.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule'), pod.tolerations ?? []);
  return taint === undefined && requiredNodeMatcher(pod)(seen) ? pod : null;
}
