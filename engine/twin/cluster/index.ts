export { advanceCluster } from './advance-cluster';
export { NodePhase, PodPhase, type ClusterRun, type Workload } from './cluster-run';
export type * from './cluster-spec';
export { compileCluster } from './compile-cluster';
export { drainNode } from './drain-node';
export { clusterHash, reportCluster, type ClusterReport } from './report-cluster';
export { proposeUniform, type UniformUse } from './scale-workload';
export { offeredRps } from './serve-flow';
