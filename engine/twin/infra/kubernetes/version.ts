/**
 * Rules that changed upstream, by Kubernetes release. A cluster says which release it runs; the scheduler
 * and the autoscalers read the rule from here, so an upgrade can be rehearsed as a change of one word.
 *
 * Sources: kubernetes/kubernetes PR 130260 (balanced allocation leaves out pods without requests, 1.33),
 * PR 135573 (balanced allocation scores the change a pod makes, 1.36), PR 131345 (a node smaller than the pod is out for
 * good, 1.34), restartable init containers take host ports (1.33), KEP 4951 (tolerances of one autoscaler, 1.33).
 */
export const KUBERNETES_VERSIONS = ['1.30', '1.35', '1.36'] as const;
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];
export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = '1.35';

export type KubernetesRules = {
  /** Balanced allocation takes no part when a pod requests none of its resources. */
  readonly balancedSkipsBestEffort: boolean;
  /** `state`: how balanced the node is with the pod; `change`: how much the pod improves the balance. */
  readonly balancedScores: 'state' | 'change';
  /** Host ports of restartable init containers count. */
  readonly sidecarHostPorts: boolean;
  /** A request above all that a node has to give is refused for good: preemption cannot help. */
  readonly oversizedIsFinal: boolean;
  /** The autoscaler compares how far a ratio is from 1, not the ratio itself; configurable tolerances (1.33) changed that. */
  readonly toleranceAsDistance: boolean;
};

const RULES: Readonly<Record<KubernetesVersion, KubernetesRules>> = {
  '1.30': { balancedSkipsBestEffort: false, balancedScores: 'state', sidecarHostPorts: false, oversizedIsFinal: false, toleranceAsDistance: true },
  '1.35': { balancedSkipsBestEffort: true, balancedScores: 'state', sidecarHostPorts: true, oversizedIsFinal: true, toleranceAsDistance: false },
  '1.36': { balancedSkipsBestEffort: true, balancedScores: 'change', sidecarHostPorts: true, oversizedIsFinal: true, toleranceAsDistance: false },
};

export const rulesOf = (version: KubernetesVersion): KubernetesRules => RULES[version];
