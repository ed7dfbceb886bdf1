/** A Terraform plan or state: machines as groups of nodes, Kubernetes resources as their manifests, the rest by name. */
import type { ImportedNodeGroup } from '../cluster-import';
import type { Collected } from '../collected';
import { assume, noteIssue, noteObject } from '../fit-card/ledger';
import { foundObject, type FoundObject } from '../found-object';
import type { isMembers } from '../sanitize/sanitize';
import { machineSize } from './machine-size';
import { manifestOfResource } from './manifest-of-resource';
import { MACHINE_READERS, type MachineGroup, type PlanContext } from './node-groups';
import { planResources, referencesOf, type PlanResource } from './plan-resources';
import { plannedNode } from './planned-node';

type Members = Parameters<typeof isMembers>[0] & Readonly<Record<string, unknown>>;

const ASSUMED_TYPE = { vcpus: 4, memoryMib: 16_384 };
const NODES_MAX = 20_000;
/** A cluster's nodes are spread over as many as managed control planes ask for. */
const ASSUMED_ZONES = ['zone-a', 'zone-b', 'zone-c'];

/** Resources without effect on what runs where: networks, permissions, templates that groups have read already. */
const WITHOUT_EFFECT = /^(aws_(iam|vpc|subnet|security_group|route|internet_gateway|nat_gateway|eip|kms|launch_template|launch_configuration|key_pair|eks_cluster|eks_addon|eks_access|cloudwatch|ecr|acm|network)|google_(project|service_account|compute_(network|subnetwork|firewall|router|address|global_address|instance_template|region_instance_template)|artifact|kms)|random_|tls_|null_resource|local_|time_|terraform_data)/;
const CONSEQUENCES: readonly (readonly [RegExp, string])[] = [
  [/^helm_release$/, 'charts are not rendered: give the output of helm template'],
  [/(_db_|_rds_|_sql_|dynamodb|elasticache|redis|spanner|bigtable|docdb|neptune|memorystore)/, 'databases of the provider are not run; give them as a service of your own'],
  [/(_lb($|_)|_elb|_alb|forwarding_rule|backend_service|target_group)/, 'load balancers take no time and no money here'],
  [/(_s3_|storage_bucket|_efs_|_ebs_|compute_disk|filestore)/, 'storage of the provider is not simulated'],
  [/(_sqs_|_sns_|_kinesis|_msk_|pubsub|_mq_)/, 'queues of the provider are not simulated'],
  [/(lambda|cloudfunctions|cloud_run|_ecs_|fargate|app_runner)/, 'serverless services are not simulated'],
];

/** Manifests inside the plan come back to be read like any others. */
export function readPlan(plan: Members, path: string, into: Collected): { readonly count: number; readonly manifests: readonly FoundObject[] } {
  const { resources, unread } = planResources(plan, path);
  const context: PlanContext = { resources, references: referencesOf(plan), byAddress: new Map(resources.map((resource) => [resource.address, resource])) };
  const manifests: FoundObject[] = [];
  for (const place of unread) {
    into.ledger.objectsRead += 1;
    noteIssue(into.ledger, place, 'not a resource as Terraform writes them', 'Make the file with terraform show -json PLAN.', 'wrong-type');
    noteObject(into.ledger, 'refused', 'Terraform resource');
  }
  for (const resource of resources) {
    const manifest = resource.type.startsWith('kubernetes_') ? manifestOfResource(resource) : null;
    const found = manifest === null ? null : foundObject(manifest, resource.address, true);
    if (found !== null) manifests.push(found);
    else readResource(resource, context, into);
  }
  return { count: resources.length + unread.length, manifests };
}

function readResource(resource: PlanResource, context: PlanContext, into: Collected): void {
  const { ledger } = into;
  const { type } = resource;
  ledger.objectsRead += 1;
  if (Object.hasOwn(MACHINE_READERS, type)) {
    const group = MACHINE_READERS[type]!(resource, context);
    if (group === null) return noteObject(ledger, 'withoutEffect', type, 'it makes no nodes of its own');
    return addGroup(resource, group, into);
  }
  if (WITHOUT_EFFECT.test(type)) return noteObject(ledger, 'withoutEffect', type, 'networks, permissions and templates run nothing');
  const known = CONSEQUENCES.find(([pattern]) => pattern.test(type));
  noteObject(ledger, 'notModelled', type, known === undefined ? 'this resource is not known here; it has no effect in the twin' : known[1]);
}

function addGroup({ type, address }: PlanResource, group: MachineGroup, into: Collected): void {
  const { ledger } = into;
  const size = machineSize(group.machineType);
  if (size === null) assume(ledger, { what: `Size of machine type ${group.machineType === '' ? '(none named)' : group.machineType.slice(0, 60)}`, value: `${ASSUMED_TYPE.vcpus} vCPUs, ${ASSUMED_TYPE.memoryMib / 1_024} GiB`, count: group.count, because: `${address.slice(0, 120)} does not say a type this reader knows`, instead: 'an export of the running nodes' });
  const name = freeName(group.name, into);
  const room = NODES_MAX - into.nodes.size;
  const count = Math.min(group.count, Math.max(0, room));
  const zones = group.zones.length > 0 || !group.isCluster ? group.zones : ASSUMED_ZONES;
  if (zones === ASSUMED_ZONES) assume(ledger, { what: `Zones of ${name.slice(0, 60)}`, value: ASSUMED_ZONES.join(', '), count: group.count, because: 'the plan names subnets, not their zones', instead: 'an export of the running nodes' });
  const nodeAt = (i: number) => plannedNode({ ...group, name: group.max === 1 ? name : `${name}-${i + 1}`, pool: name, zone: zones[i % Math.max(1, zones.length)] ?? '', size: size ?? ASSUMED_TYPE, origin: 'planned' });
  for (let i = 0; i < count; i += 1) into.nodes.set(nodeAt(i).node.name, nodeAt(i));
  if (count < group.count) noteIssue(ledger, address, `${group.count - count} of ${group.count} nodes are beyond ${NODES_MAX}`, 'Import fewer node groups at once.', 'out-of-range');
  const made: ImportedNodeGroup = { name, count, min: group.min, max: group.max, template: nodeAt(0) };
  into.groups.push(made);
  noteObject(ledger, 'understood', type, group.count === 1 ? '1 node' : `${group.count} nodes`);
}

/** Two groups of one name, or a group named like a node, must not melt together. */
function freeName(name: string, { nodes, groups }: Collected): string {
  const base = name === '' ? 'nodes' : name.slice(0, 150);
  const taken = (candidate: string) => nodes.has(candidate) || nodes.has(`${candidate}-1`) || groups.some((group) => group.name === candidate);
  let candidate = base;
  for (let i = 2; taken(candidate); i += 1) candidate = `${base}-${i}`;
  return candidate;
}
