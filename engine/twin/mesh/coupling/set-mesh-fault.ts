/** Faults of links and identities begin and end. What cannot be taken back (a rotation, a revocation) only begins. */
import type { World } from '../../world';
import { edgesBetween, setMeshCarrier, silenceMeshRouter } from '../change-mesh';
import { revokeSvid, rotateAtOnce, setIdentityServer } from '../identity';
import { routerIndex, type MeshState } from '../mesh-state';
import type { MeshFault } from './mesh-fault';
import type { WorldIdentity } from './world-identity';

const SECOND_US = 1_000_000;

export function setMeshFault({ mesh, coupling: { identity }, queue, nowUs }: World, fault: MeshFault, on: boolean): void {
  switch (fault.kind) {
    case 'link-loss':
      if (mesh !== null) addLoss(mesh, fault, on);
      return;
    case 'carrier-down':
      if (mesh !== null) setMeshCarrier(mesh, fault.a, fault.b, !on);
      return;
    case 'router-silent':
      if (mesh !== null) silenceMeshRouter(mesh, fault.router, on);
      return;
    case 'identity-server-down':
      if (identity !== null) setIdentityServer(identity.state, fault.server, !on);
      return;
    case 'clock-skew':
      if (identity !== null) skewClock(identity, fault.node, (on ? 1 : -1) * Math.round(fault.skewSeconds * SECOND_US));
      return;
    case 'rotate-bundle':
      if (identity !== null && on) rotateAtOnce(identity.state, queue, nowUs, fault.overlap);
      return;
    case 'revoke-svid':
      if (identity !== null && on)
        identity.state.spec.workloads.forEach((workload, i) => {
          if (workload.service === fault.service) revokeSvid(identity.state, queue, i, nowUs, fault.reissue);
        });
  }
}

/** Independent of the usual loss: a frame must survive both. Taken back by dividing, so faults may overlap; total loss is a cut. */
function addLoss(mesh: MeshState, { a, b, lossPercent, burstPackets }: Extract<MeshFault, { kind: 'link-loss' }>, on: boolean): void {
  const { links } = mesh;
  const keeps = 1 - Math.min(lossPercent, 99.999) / 100;
  for (const edge of edgesBetween(mesh, routerIndex(mesh, a), routerIndex(mesh, b))) {
    const delivery = (1 - links.loss[edge]!) * (on ? keeps : 1 / keeps);
    links.loss[edge] = Math.min(1, Math.max(0, 1 - delivery));
    links.burst[edge] = on && burstPackets > 1 ? burstPackets : 0;
    links.bad[edge] = 0;
  }
}

function skewClock({ state }: WorldIdentity, node: string, byUs: number): void {
  state.spec.workloads.forEach((workload, i) => {
    if (workload.node === node) state.workloads.skewUs[i] = state.workloads.skewUs[i]! + byUs;
  });
}
