/** The filter plugins of the default profile, by name, in upstream's order. */
import type { FilterName, FilterPlugin } from '../filter';
import { interPodAffinity } from './inter-pod-affinity';
import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from './node-basics';
import { nodePorts } from './node-ports';
import { nodeResourcesFit } from './node-resources-fit';
import { podTopologySpread } from './pod-topology-spread';
import { volumeZone } from './volume-zone';

export const FILTERS: Readonly<Record<FilterName, FilterPlugin>> = {
  NodeUnschedulable: nodeUnschedulable,
  NodeName: nodeName,
  TaintToleration: taintToleration,
  NodeAffinity: nodeAffinity,
  NodePorts: nodePorts,
  NodeResourcesFit: nodeResourcesFit,
  VolumeZone: volumeZone,
  PodTopologySpread: podTopologySpread,
  InterPodAffinity: interPodAffinity,
};
