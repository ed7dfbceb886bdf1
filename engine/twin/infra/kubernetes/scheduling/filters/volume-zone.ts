/**
 * VolumeZone and the node affinity of bound volumes: a pod can only run where its volumes can be attached.
 * A zone label of a volume may name several zones, joined by `__`; the node must carry the label too.
 * Source: plugins `volumezone` and `volumebinding`.
 */
import { labelOf } from '../../api/labels';
import type { PersistentVolume } from '../../api/volume';
import { never, type FilterPlugin } from '../filter';
import { nodeSelectorMatcher } from '../node-affinity';

const ZONE_LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region'];

export const volumeZone: FilterPlugin = (pod, snapshot) => {
  const volumes = (pod.claims ?? []).map((claim) => snapshot.volumes.get(`${pod.namespace}/${claim}`)).filter((volume) => volume !== undefined);
  if (volumes.length === 0) return () => null;
  const bound = volumes.map((volume) => ({ volume, zones: zonesOf(volume), attaches: nodeSelectorMatcher(volume.nodeAffinity) }));
  return ({ node }) => {
    const blocked = bound.find(({ zones, attaches }) => !attaches(node) || zones.some(({ key, values }) => !values.includes(labelOf(node.labels, key) ?? '')));
    return blocked === undefined ? null : never(`the volume ${blocked.volume.name} cannot be attached here`);
  };
};

function zonesOf(volume: PersistentVolume) {
  return ZONE_LABELS.flatMap((key) => {
    const value = labelOf(volume.labels, key);
    return value === undefined ? [] : [{ key, values: value.split('__') }];
  });
}
