/** Which replica a balancer sends a request to: among those it still lists, seen from where it stands. */
import { nextBelow } from '@/engine/kernel';
import { isListed } from '../control-plane/pod-life/stop-replica';
import type { Infra, Service } from '../infra';
import { isUnlisted } from '../availability/partition';

const NONE = -1;

/** −1 when none is listed. `from` is the caller's node, −1 for clients and for what runs on no node of this system. */
export function chooseReplica(infra: Infra, service: Service, from: number, nowUs: number): number {
  const listed = service.replicas.filter((index) => {
    const replica = infra.replicas[index]!;
    return isListed(replica, nowUs) && !(infra.partitions.length > 0 && isUnlisted(infra, from, replica.node, nowUs));
  });
  if (listed.length === 0) return NONE;
  switch (service.balancing) {
    case 'round-robin':
      service.turn = (service.turn + 1) % listed.length;
      return listed[service.turn]!;
    case 'random':
      return listed[nextBelow(service.choiceStream, listed.length)]!;
    case 'least-in-flight':
      return listed.reduce((best, index) => (infra.replicas[index]!.inFlight < infra.replicas[best]!.inFlight ? index : best));
  }
}
