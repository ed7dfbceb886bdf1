export { growMesh, type MeshAddition } from './grow-mesh';
