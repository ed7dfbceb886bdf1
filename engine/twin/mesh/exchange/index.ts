export { BATCTL_TABLES, batctlJson, batctlText, type BatctlTableName } from './export-batctl';
export type { BatctlRow } from './batctl-rows';
export { exportLabScenario } from './export-lab';
export { meshMetrics } from './export-metrics';
export { exportNetJson, type NetJsonGraph } from './export-netjson';
export { meshFromTables, readBatctlTable, type BatctlTable } from './import-batctl';
export { importMesh, type NamedText } from './import-mesh';
export type { ImportedMesh } from './imported-mesh';
export { lossFromTq } from './loss-from-tq';
