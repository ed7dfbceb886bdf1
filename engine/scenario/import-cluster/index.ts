export { callGraph, type CallGraph } from './build/service/call-graph';
export { clusterPictureOf } from './build/placement/cluster-picture';
export { explainImported, schedulerState, type ImportedExplanation, type SchedulerState } from './build/placement/scheduler-state';
export { LIVE_LIMITS, needsCommandLine, twinOfImport, type ImportedTwin } from './build/twin-of-import';
export type * from './cluster-import';
export type * from './fit-card/fit-card';
export { importCluster, type SourceFile } from './import-cluster';
export { CLUSTER_IMPORT_LIMITS } from './import-limits';
export { jsonValues, type JsonValues } from './json-values';
