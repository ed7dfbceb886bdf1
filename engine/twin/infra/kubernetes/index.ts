/** The Kubernetes rules of the twin: scheduling, autoscaling and node behaviour, as pure functions. */
export * from './api/labels';
export * from './api/manifest/cursor';
export { readLabelSelector } from './api/manifest/read-affinity';
export { epochSecondsOf } from './api/manifest/timestamp';
export { readNode } from './api/manifest/read-node';
export { readPod } from './api/manifest/read-pod';
export * from './api/node';
export * from './api/pod';
export * from './api/quantity';
export * from './api/volume';
export * from './autoscaling/hpa';
export * from './autoscaling/vpa';
export * as clusterAutoscaler from './autoscaling/cluster-autoscaler';
export * as karpenter from './autoscaling/karpenter';
export * as krr from './autoscaling/krr';
export * from './node';
export * from './scheduling';
export * from './version';
