export type { MeshFinding } from './mesh-finding';
export { watchIdentity } from './watch-identity';
export { meshWatch, watchMesh, type MeshWatch } from './watch-mesh';
