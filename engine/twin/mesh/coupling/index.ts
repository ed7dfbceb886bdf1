export { compileCoupling, handleCouplingEvent, nodeCoupling, reseedCoupling, startCoupling } from './compile-coupling';
export type { CallCounts, Coupling } from './coupling';
export { edgeSamples, identitySample, startCouplingWindow } from './coupling-sample';
export { isMeshFault, isMeshFaultKind, MESH_FAULT_KINDS, meshFaultWords, readMeshFault, subjectOfMeshFault, type MeshFault } from './mesh-fault';
export { passCall } from './pass-call';
export { setMeshFault } from './set-mesh-fault';
export { entryWay, siteWay, type SiteWay } from './site-way';
export { identityOfSystem, WORKLOADS_MAX, type WorldIdentity } from './world-identity';
export { readWorldIdentity, type IdentityServerSpec, type WorldIdentitySpec } from './world-identity-spec';
