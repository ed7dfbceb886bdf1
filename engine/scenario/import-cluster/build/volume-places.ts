/**
 * Volumes as the running world knows them: in a zone or on a node. There all pods of a service mount the
 * same volumes, so a service gets them only where all of them lie in one place.
 */
import type { kubernetes, SystemSpec } from '@/engine/twin';
import type { ClusterImport, ImportedWorkload } from '../cluster-import';

type VolumeSpec = NonNullable<NonNullable<SystemSpec['cluster']>['volumes']>[number];

const ZONE_KEYS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone', 'topology.ebs.csi.aws.com/zone', 'topology.gke.io/zone', 'topology.disk.csi.azure.com/zone'];
const HOSTNAME = 'kubernetes.io/hostname';
const NAME_MAX = 200;
const VOLUMES_MAX = 20_000;

export type VolumePlaces = { readonly specs: readonly VolumeSpec[]; readonly placeOf: ReadonlyMap<string, string> };

export function volumePlaces({ volumes }: ClusterImport, nodes: ReadonlySet<string>): VolumePlaces {
  const specs = new Map<string, VolumeSpec>();
  const placeOf = new Map<string, string>();
  for (const volume of volumes.values()) {
    if (volume.name.length > NAME_MAX || specs.size >= VOLUMES_MAX) continue;
    const zone = placed(volume, ZONE_KEYS);
    const node = placed(volume, [HOSTNAME]);
    if (zone === null && (node === null || !nodes.has(node))) continue;
    specs.set(volume.name, { name: volume.name, ...(zone === null ? {} : { zone }), ...(node === null || !nodes.has(node) ? {} : { node }) });
    placeOf.set(volume.name, `${zone ?? ''}/${node ?? ''}`);
  }
  return { specs: [...specs.values()], placeOf };
}

function placed({ labels, nodeAffinity }: kubernetes.PersistentVolume, keys: readonly string[]): string | null {
  const expressions = (nodeAffinity?.nodeSelectorTerms ?? []).flatMap(({ matchExpressions }) => matchExpressions ?? []);
  const values = [...keys.flatMap((key) => labels[key] ?? []), ...expressions.filter(({ key, operator }) => keys.includes(key) && operator === 'In').flatMap(({ values: own }) => own ?? [])];
  const distinct = [...new Set(values)];
  return distinct.length === 1 && distinct[0] !== '' && distinct[0]!.length <= NAME_MAX ? distinct[0]! : null;
}

/** The volumes of a workload; empty where its replicas' volumes lie apart. */
export function volumesOfWorkload(workload: ImportedWorkload, { volumes, pods, workloads }: ClusterImport, { placeOf }: VolumePlaces): { readonly names: readonly string[]; readonly apart: boolean } {
  if (volumes.size === 0 || !workloads.includes(workload)) return { names: [], apart: false };
  const own = pods.filter(({ namespace, owner }) => namespace === workload.namespace && owner !== undefined && owner.kind === workload.template.owner?.kind && owner.name === workload.template.owner.name);
  const claims = [...(workload.template.claims ?? []), ...own.flatMap((pod) => pod.claims ?? [])];
  const names = [...new Set(claims.flatMap((claim) => volumes.get(`${workload.namespace}/${claim}`)?.name ?? []))].filter((name) => placeOf.has(name));
  const places = new Set(names.map((name) => placeOf.get(name)));
  return places.size > 1 ? { names: [], apart: true } : { names, apart: false };
}
