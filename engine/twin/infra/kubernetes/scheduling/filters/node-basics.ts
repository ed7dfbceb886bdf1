/** The filters that look at one node alone: cordon, name, taints, node affinity. All refusals are final. */
import { isTolerated, untoleratedTaint } from '../taint';
import { never, type FilterPlugin } from '../filter';
import { nodeSelectorMatcher, requiredNodeMatcher } from '../node-affinity';

const UNSCHEDULABLE_TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

export const nodeUnschedulable: FilterPlugin = (pod) => {
  const tolerated = isTolerated(UNSCHEDULABLE_TAINT, pod.tolerations ?? []);
  const refusal = never('the node is cordoned');
  return ({ node }) => (node.unschedulable === true && !tolerated ? refusal : null);
};

export const nodeName: FilterPlugin = (pod) => {
  const wanted = pod.nodeName ?? '';
  const refusal = never(`the pod names the node ${wanted}`);
  return ({ node }) => (wanted !== '' && wanted !== node.name ? refusal : null);
};

export const taintToleration: FilterPlugin = (pod) => {
  const tolerations = pod.tolerations ?? [];
  return ({ node }) => {
    const taint = untoleratedTaint(node.taints ?? [], tolerations);
    return taint === undefined ? null : never(`the pod does not tolerate the taint ${taint.key}=${taint.value ?? ''}:${taint.effect}`);
  };
};

export const nodeAffinity: FilterPlugin = (pod, _snapshot, settings) => {
  const required = requiredNodeMatcher(pod);
  const added = nodeSelectorMatcher(settings.addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution);
  const refusal = never('the node does not match nodeSelector or node affinity');
  const enforced = never('the node does not match the affinity that the scheduler profile adds');
  return ({ node }) => (!added(node) ? enforced : required(node) ? null : refusal);
};
