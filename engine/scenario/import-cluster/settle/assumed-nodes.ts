/**
 * Machines for workloads of which no file says where they run: enough of one size that requests take at most
 * 70 % of them. A Compose file gets the one host it stands for, manifests at least one node in each of three
 * zones, so that spread constraints can be met.
 */
import { kubernetes } from '@/engine/twin';
import type { ImportedNode, ImportedWorkload } from '../cluster-import';
import { assume, type Ledger } from '../fit-card/ledger';
import { plannedNode } from '../terraform/planned-node';

const FILLED_SHARE = 0.7;
const VCPUS = 4;
const MIB_PER_VCPU = 4_096;
const VCPUS_MAX = 256;
const NODES_MAX = 20_000;
const MIB = 1_048_576;
const ZONES = ['zone-a', 'zone-b', 'zone-c'];

export function assumedNodes(workloads: readonly ImportedWorkload[], ledger: Ledger): readonly ImportedNode[] {
  const isHost = workloads.every(({ kind }) => kind === 'Compose service');
  const asked = workloads.map((workload) => askedBy(workload));
  const sum = asked.reduce((total, { vcpus, replicas }) => total + vcpus * replicas, 0) / FILLED_SHARE;
  const largest = asked.reduce((most, { vcpus }) => Math.max(most, vcpus), 0) / FILLED_SHARE;
  const vcpus = powerOfTwo(isHost ? sum : largest);
  const count = isHost ? 1 : Math.min(NODES_MAX, Math.max(ZONES.length, Math.ceil(sum / vcpus)));
  assume(ledger, {
    what: isHost ? 'The host' : 'Nodes',
    value: `${count} × ${vcpus} vCPUs, ${(vcpus * MIB_PER_VCPU) / 1_024} GiB`,
    count,
    because: `no file names a node; this many hold what is asked for at ${FILLED_SHARE * 100} % filled`,
    instead: isHost ? 'nothing: a Compose file does not say its host' : 'kubectl get nodes -o json, or a Terraform plan',
  });
  const size = { vcpus, memoryMib: vcpus * MIB_PER_VCPU };
  return Array.from({ length: count }, (_, i) => plannedNode({ name: isHost ? 'host' : `node-${i + 1}`, pool: 'assumed', zone: isHost ? '' : ZONES[i % ZONES.length]!, machineType: '', size, spot: false, labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' }, taints: [], origin: 'assumed' }));
}

/** The larger of CPU and memory, in vCPUs of the assumed machine. */
function askedBy({ template, replicasWanted }: ImportedWorkload): { readonly vcpus: number; readonly replicas: number } {
  const { cpu = 0, memory = 0 } = kubernetes.podRequestsWithDefaults(template);
  return { vcpus: Math.max(cpu / 1_000, memory / MIB / MIB_PER_VCPU), replicas: Math.max(1, replicasWanted) };
}

function powerOfTwo(atLeast: number): number {
  let vcpus = VCPUS;
  while (vcpus < atLeast && vcpus < VCPUS_MAX) vcpus *= 2;
  return vcpus;
}
