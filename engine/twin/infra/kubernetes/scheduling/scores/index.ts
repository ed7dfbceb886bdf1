/** The score plugins of the default profile, by name. */
import type { ScoreName, ScorePlugin } from '../score';
import { balancedAllocation } from './balanced-allocation';
import { imageLocality } from './image-locality';
import { nodeAffinityScore, taintTolerationScore } from './node-preferences';
import { podAffinityScore } from './pod-affinity';
import { nodeResourcesFitScore } from './resource-allocation';
import { topologySpreadScore } from './topology-spread';

export const SCORES: Readonly<Record<ScoreName, ScorePlugin>> = {
  TaintToleration: taintTolerationScore,
  NodeAffinity: nodeAffinityScore,
  PodTopologySpread: topologySpreadScore,
  InterPodAffinity: podAffinityScore,
  NodeResourcesFit: nodeResourcesFitScore,
  NodeResourcesBalancedAllocation: balancedAllocation,
  ImageLocality: imageLocality,
};
