export * from './change-mesh';
export * from './compile-mesh';
export * from './mesh-event';
export * from './mesh-path';
export * from './mesh-sample';
export * from './mesh-spec';
export { reseedMesh, type MeshState } from './mesh-state';
export { handleMeshEvent, isMeshEvent, startMesh } from './run-mesh';
