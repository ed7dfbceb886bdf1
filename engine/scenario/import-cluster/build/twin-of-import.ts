/**
 * An imported cluster as a scenario the twin can run. What files do not say (load, cost of a request, prices,
 * start-up times that no pod shows) is put in by named assumptions, each on the fit card with its numbers and
 * with what would take its place.
 */
import type { SpecIssue, SystemSpec } from '@/engine/twin';
import { kubernetes } from '@/engine/twin';
import { parseScenario } from '../../parse-scenario';
import type { ScenarioSpec } from '../../scenario-spec';
import type { ClusterImport } from '../cluster-import';
import type { FitCard } from '../fit-card/fit-card';
import { callGraph } from './service/call-graph';
import { loadPlan } from './service/load-plan';
import { nodeGroups, nodeSpecs, readyNodes } from './node-specs';
import { nodeNames } from './placement/found-places';
import { serviceNames } from './service/service-names';
import { beginnings } from './beginnings';
import { loadSpecs, replicasOf, serviceSpec, type Parts } from './service/service-specs';
import { twinAssumptions } from './twin-assumptions';
import { volumePlaces } from './volume-places';

const SEED = 42;
const DURATION_SECONDS = 600;
const WARM_UP_SECONDS = 60;
const SERVICES_MAX = 1_000;
/** Above these one simulated second takes longer than a second in a browser tab. */
export const LIVE_LIMITS = { nodes: 500, replicas: 5_000 } as const;

export type ImportedTwin = {
  /** Null where there is nothing to run; `refusals` say why. */
  readonly scenario: ScenarioSpec | null;
  readonly refusals: readonly SpecIssue[];
  /** The fit card of the files, with what had to be assumed to run them. */
  readonly card: FitCard;
};

export function twinOfImport(cluster: ClusterImport): ImportedTwin {
  const refused = (message: string, suggestion: string): ImportedTwin => ({ scenario: null, refusals: [{ path: '', code: 'no-capacity', message, suggestion }], card: cluster.card });
  if (cluster.workloads.length === 0) return refused('no workload in these files', 'Export pods and what makes them: kubectl get nodes,pods,deploy,sts,ds,rs,hpa,pdb,pvc,pv,svc -A -o json');
  if (readyNodes(cluster).length === 0) return refused('no node in these files is ready', 'Export the nodes too: kubectl get nodes -o json');
  if (cluster.workloads.length > SERVICES_MAX) return refused(`${cluster.workloads.length} workloads; the running world takes ${SERVICES_MAX}`, 'Export fewer namespaces. Placements can be explained all the same.');
  const parts = partsOf(cluster);
  const parsed = parseScenario(JSON.parse(JSON.stringify(scenarioOf(parts))));
  const card = { ...cluster.card, assumed: [...cluster.card.assumed, ...twinAssumptions(parts)], begins: parsed.ok ? beginnings(parts, parsed.value) : [] };
  return parsed.ok ? { scenario: parsed.value, refusals: [], card } : { scenario: null, refusals: parsed.error, card };
}

function partsOf(cluster: ClusterImport): Parts {
  const graph = callGraph(cluster);
  const replicas = cluster.workloads.map(replicasOf);
  const known = nodeNames(cluster);
  return { cluster, names: serviceNames(cluster.workloads), replicas, graph, loads: loadPlan(cluster, graph, replicas), places: volumePlaces(cluster, known), nodeNames: known, imageMib: imageSizes(cluster) };
}

const MIB = 1_048_576;
const imageSizes = ({ nodes }: ClusterImport): ReadonlyMap<string, number> => new Map(nodes.flatMap(({ node }) => (node.images ?? []).flatMap(({ names, sizeBytes }) => (sizeBytes >= 0 ? names.map((name) => [name, Math.ceil(sizeBytes / MIB)] as const) : []))));

function scenarioOf(parts: Parts): ScenarioSpec {
  const { cluster } = parts;
  return {
    formatVersion: 1,
    id: `cluster-${cluster.title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60)}`,
    title: `The cluster of ${cluster.title}`.slice(0, 200),
    question: 'What would a change do to this cluster?',
    seed: SEED,
    durationSeconds: DURATION_SECONDS,
    warmUpSeconds: WARM_UP_SECONDS,
    system: systemOf(parts),
  };
}

function systemOf(parts: Parts): SystemSpec {
  const { cluster, places } = parts;
  const resources = new Set(cluster.workloads.flatMap(({ template }) => Object.keys(kubernetes.podRequests(template))));
  const groups = nodeGroups(cluster, resources) ?? [];
  const autoscaler = nodeAutoscalerOf(cluster);
  return {
    nodes: nodeSpecs(cluster, resources),
    services: cluster.workloads.map((_, i) => serviceSpec(parts, i)),
    loads: loadSpecs(parts),
    cluster: { ...(groups.length === 0 ? {} : { nodeGroups: groups }), ...(groups.length === 0 || autoscaler === undefined ? {} : { nodeAutoscaler: autoscaler }), ...(places.specs.length === 0 ? {} : { volumes: places.specs }) },
  };
}

/** Who adds nodes is known by its Deployment. */
function nodeAutoscalerOf({ workloads }: ClusterImport): NonNullable<SystemSpec['cluster']>['nodeAutoscaler'] {
  if (workloads.some(({ name }) => /karpenter/.test(name))) return { kind: 'karpenter' };
  return workloads.some(({ name }) => /cluster-autoscaler/.test(name)) ? { kind: 'cluster-autoscaler' } : undefined;
}

export const needsCommandLine = ({ system }: ScenarioSpec): boolean => system.nodes.length > LIVE_LIMITS.nodes || system.services.reduce((sum, { replicas }) => sum + replicas, 0) > LIVE_LIMITS.replicas;

