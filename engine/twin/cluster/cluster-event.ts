/** Events of a cluster. `life`, where there is one, is the detail. */
export const ClusterEvent = {
  flow: 1,
  hpa: 2, // subject workload
  autoscaler: 3,
  schedule: 4,
  podReady: 5, // subject pod, detail life
  podGone: 6, // subject pod, detail life
  nodeReady: 7, // subject node, detail life
  nodeFails: 8, // subject node
  podsEvicted: 9, // subject node, detail life: a lost node's pods are given up
  nodeRepaired: 10, // subject node, detail life
} as const;
