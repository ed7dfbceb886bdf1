export { applyMeshCommand, type MeshCommandTarget } from './apply-mesh-command';
export { effectClassOfMesh, inverseMeshCommand } from './inverse-mesh-command';
export { isMeshCommand, isMeshKind, MESH_COMMAND_KINDS, meshCommandWords, type MeshCommand, type MeshCommandKind } from './mesh-command';
export { readMeshCommand } from './read-mesh-command';
