import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent, timeUs } from '@/engine/kernel';
import { applyMeshCommand, compileIdentity, compileMesh, handleIdentityEvent, handleMeshEvent, inverseMeshCommand, meshPath, meshWatch, setIdentityServer, setMeshLink, setMeshRouter, startIdentity, startMesh, watchIdentity, watchMesh, type MeshCommand, type MeshFinding, type MeshSpec } from '../index';

const DIAMOND: MeshSpec = {
  routers: ['s', 'u', 'v', 'd'].map((name) => ({ name, gateway: name === 'd' })),
  links: [{ a: 's', b: 'u' }, { a: 'u', b: 'd' }, { a: 's', b: 'v', lossPercent: 10 }, { a: 'v', b: 'd', lossPercent: 10 }],
};

function world(spec: MeshSpec, seed = 2) {
  const mesh = compileMesh(spec, seed);
  const queue = eventQueue();
  const watch = meshWatch();
  startMesh(mesh, queue, seconds(0));
  const event = takenEvent();
  let now = 0;
  const seen: MeshFinding[] = [];
  const liveUntil = (second: number) => {
    for (; now < second; now += 1) {
      while (nextEventAt(queue) <= seconds(now + 1) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
      seen.push(...watchMesh(watch, mesh, seconds(now + 1)));
    }
    return seen.splice(0);
  };
  return { mesh, queue, liveUntil };
}
const kinds = (findings: readonly MeshFinding[]) => new Set(findings.map(({ kind }) => kind));

describe('the watch over a mesh', () => {
  it('finds nothing in a calm mesh', () => {
    const { liveUntil } = world(DIAMOND);
    liveUntil(100);
    expect([...kinds(liveUntil(200))]).toEqual([]);
  });

  it('names a dead router by its silence, while its TQ is still believed, and says when it will be purged', () => {
    const { liveUntil, mesh, queue } = world(DIAMOND);
    liveUntil(100);
    setMeshRouter(mesh, queue, 'd', false, seconds(100));
    const silent = liveUntil(120).find((finding) => finding.kind === 'router-silent');
    expect(silent).toMatchObject({ router: 'd', believedBy: 3 });
    expect(silent?.kind === 'router-silent' && silent.purgedInSeconds + silent.silentSeconds).toBeCloseTo(200, 0);
    expect(kinds(liveUntil(140))).toContain('gateway-lost');
  });

  it('finds a degraded link after its windows have filled with losses', () => {
    const { liveUntil, mesh } = world(DIAMOND);
    liveUntil(100);
    mesh.links.loss.fill(0.5, mesh.topology.outStart[1]!, mesh.topology.outStart[2]!);
    expect(liveUntil(180)).toContainEqual(expect.objectContaining({ kind: 'link-degraded', to: 'u' }));
  });

  it('tells a cut that heals itself from one that does not', () => {
    const { liveUntil, mesh, queue } = world(DIAMOND);
    liveUntil(100);
    setMeshLink(mesh, queue, 'u', 'd', false);
    const lost = liveUntil(130).filter((finding) => finding.kind === 'gateway-lost' && finding.router === 's');
    expect(lost.every((finding) => finding.kind === 'gateway-lost' && finding.forSeconds < 20)).toBe(true);
    expect(meshPath(mesh, 's').reachable).toBe(true);
  });

  it('counts a route that goes to and fro', () => {
    const { liveUntil } = world({ ...DIAMOND, links: DIAMOND.links.map((link) => ({ ...link, lossPercent: 40 })) }, 5);
    liveUntil(80);
    expect(kinds(liveUntil(600))).toContain('route-flapping');
  });

  it('warns of SVIDs that were not renewed in time, and of expired ones', () => {
    const identity = compileIdentity({ trustDomain: 'a.b', servers: [{ name: 's' }], workloads: [{ name: 'w', selectors: ['x'], startSeconds: 0 }], entries: [{ spiffeId: 'spiffe://a.b/w', selectors: ['x'] }] }, 1);
    const queue = eventQueue();
    startIdentity(identity, queue, timeUs(0));
    const event = takenEvent();
    const findingsAt = (second: number) => {
      while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleIdentityEvent(identity, queue, event);
      return watchIdentity(identity, seconds(second)).map(({ kind }) => kind);
    };
    expect(findingsAt(1_000)).toEqual([]);
    setIdentityServer(identity, 's', false);
    expect(findingsAt(2_400)).toEqual(['svid-expiring']);
    expect(findingsAt(3_700)).toEqual(['svid-expired']);
  });
});

describe('a command to a mesh', () => {
  it('moves traffic by hop penalty, and its undo moves it back', () => {
    const { liveUntil, mesh, queue } = world({ ...DIAMOND, links: DIAMOND.links.map(({ a, b, lossPercent }) => ({ a, b, lossPercent: lossPercent === undefined ? 0 : 3 })) });
    liveUntil(100);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'u', 'd']);
    const penalise: MeshCommand = { kind: 'set-hop-penalty', router: 'u', hopPenalty: 120 };
    const undo = inverseMeshCommand(penalise, mesh.routers.hopPenalty[1]!);
    expect(applyMeshCommand({ mesh, identity: null, queue, at: seconds(100) }, penalise).ok).toBe(true);
    liveUntil(130);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'v', 'd']);
    expect(undo).toEqual({ ...penalise, hopPenalty: 30 });
    applyMeshCommand({ mesh, identity: null, queue, at: seconds(130) }, undo!);
    liveUntil(170);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'u', 'd']);
  });

  it('restarts a router, isolates one, and refuses what cannot be', () => {
    const { liveUntil, mesh, queue } = world(DIAMOND);
    liveUntil(90);
    const target = { mesh, identity: null, queue, at: seconds(90) };
    expect(applyMeshCommand(target, { kind: 'restart-mesh-router', router: 'u' }).ok).toBe(true);
    liveUntil(110);
    expect(mesh.routers.up[1]).toBe(0);
    liveUntil(122);
    expect(mesh.routers.up[1]).toBe(1);
    expect(applyMeshCommand(target, { kind: 'isolate-mesh-router', router: 'v', isolated: true })).toMatchObject({ ok: true });
    expect(applyMeshCommand(target, { kind: 'set-hop-penalty', router: 'u', hopPenalty: 300 })).toMatchObject({ ok: false, error: { code: 'out-of-range', max: 255 } });
    expect(applyMeshCommand(target, { kind: 'reselect-gateway', router: 'ghost' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(applyMeshCommand(target, { kind: 'set-mesh-interface', router: 's', towards: 'u', up: false })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(applyMeshCommand(target, { kind: 'rotate-authority', trustDomain: 'a.b' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });
});
