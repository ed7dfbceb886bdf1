export { exportNetJson, type NetJsonGraph } from './export-netjson';
export { meshFromTables, readBatctlTable, type BatctlRow, type BatctlTable } from './import-batctl';
export { importMesh, type NamedText } from './import-mesh';
export type { ImportedMesh } from './imported-mesh';
export { lossFromTq } from './loss-from-tq';
