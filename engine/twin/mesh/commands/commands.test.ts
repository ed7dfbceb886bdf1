import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { applyMeshCommand, compileIdentity, compileMesh, effectClassOfMesh, handleMeshEvent, inverseMeshCommand, MESH_COMMAND_KINDS, meshCommandWords, meshPath, readMeshCommand, startMesh, type MeshCommand, type MeshSpec } from '../index';
import { specReader } from '../../spec-reader';

const DIAMOND: MeshSpec = {
  routers: ['s', 'u', 'v', 'd'].map((name) => ({ name, gateway: name === 'd' })),
  links: [{ a: 's', b: 'u' }, { a: 'u', b: 'd' }, { a: 's', b: 'v', lossPercent: 3 }, { a: 'v', b: 'd', lossPercent: 3 }],
};

function running(spec: MeshSpec) {
  const mesh = compileMesh(spec, 2);
  const queue = eventQueue();
  startMesh(mesh, queue, seconds(0));
  const event = takenEvent();
  let now = 0;
  return {
    mesh,
    liveUntil(second: number) {
      now = second;
      while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
    },
    apply: (command: MeshCommand) => applyMeshCommand({ mesh, identity: null, queue, at: seconds(now) }, command),
  };
}

const ALL: readonly MeshCommand[] = [
  { kind: 'set-hop-penalty', router: 'u', hopPenalty: 90 },
  { kind: 'set-mesh-interface', router: 'u', towards: 'd', up: false },
  { kind: 'restart-mesh-router', router: 'u' },
  { kind: 'isolate-mesh-router', router: 'u', isolated: true },
  { kind: 'reselect-gateway', router: 's' },
  { kind: 'add-mesh-link', router: 's', towards: 'd' },
  { kind: 'remove-mesh-link', router: 's', towards: 'd' },
  { kind: 'add-mesh-router', router: 'p' },
  { kind: 'remove-mesh-router', router: 'p' },
  { kind: 'rotate-svid', service: 'store' },
  { kind: 'rotate-authority', trustDomain: 'a.b' },
];

describe('a command to a mesh', () => {
  it('is known in words, reads back as written, and its undo undoes itself', () => {
    expect(ALL.map(({ kind }) => kind)).toEqual(MESH_COMMAND_KINDS);
    for (const command of ALL) {
      const at = specReader(JSON.parse(JSON.stringify(command)));
      expect(readMeshCommand(at, command.kind)).toEqual(command);
      expect(at.issues).toEqual([]);
      expect(meshCommandWords(command)).toMatch(/^[A-Z]/);
      expect('ABC').toContain(effectClassOfMesh(command));
      const undo = inverseMeshCommand(command, 30);
      if (undo !== null && command.kind !== 'set-hop-penalty') expect(inverseMeshCommand(undo, 30)).toEqual(command);
    }
  });

  it('moves traffic by hop penalty, and its undo moves it back', () => {
    const { mesh, liveUntil, apply } = running(DIAMOND);
    liveUntil(100);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'u', 'd']);
    const penalise: MeshCommand = { kind: 'set-hop-penalty', router: 'u', hopPenalty: 120 };
    const undo = inverseMeshCommand(penalise, mesh.routers.hopPenalty[1]!);
    expect(apply(penalise).ok).toBe(true);
    liveUntil(130);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'v', 'd']);
    apply(undo!);
    liveUntil(170);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'u', 'd']);
  });

  it('adds what is planned and takes it away again; nothing planned is heard before', () => {
    const { mesh, liveUntil, apply } = running({ routers: [...DIAMOND.routers, { name: 'p', planned: true }], links: [...DIAMOND.links, { a: 's', b: 'd', planned: true }, { a: 's', b: 'p' }, { a: 'p', b: 'd' }] });
    liveUntil(100);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'u', 'd']);
    expect(mesh.routers.up[4]).toBe(0);
    expect(apply({ kind: 'add-mesh-link', router: 's', towards: 'd' }).ok).toBe(true);
    expect(apply({ kind: 'add-mesh-router', router: 'p' }).ok).toBe(true);
    liveUntil(200);
    expect(meshPath(mesh, 's').hops).toEqual(['s', 'd']);
    expect(meshPath(mesh, 'p').reachable).toBe(true);
    apply({ kind: 'remove-mesh-link', router: 's', towards: 'd' });
    apply({ kind: 'remove-mesh-router', router: 'p' });
    liveUntil(230);
    expect(meshPath(mesh, 's').hops.length).toBe(3);
    expect(mesh.routers.up[4]).toBe(0);
  });

  it('restarts a router, isolates one, and refuses what cannot be', () => {
    const { mesh, liveUntil, apply } = running(DIAMOND);
    liveUntil(90);
    expect(apply({ kind: 'restart-mesh-router', router: 'u' }).ok).toBe(true);
    liveUntil(110);
    expect(mesh.routers.up[1]).toBe(0);
    liveUntil(122);
    expect(mesh.routers.up[1]).toBe(1);
    expect(apply({ kind: 'isolate-mesh-router', router: 'v', isolated: true }).ok).toBe(true);
    expect(apply({ kind: 'set-hop-penalty', router: 'u', hopPenalty: 300 })).toMatchObject({ ok: false, error: { code: 'out-of-range', max: 255 } });
    expect(apply({ kind: 'reselect-gateway', router: 'ghost' })).toMatchObject({ ok: false, error: { code: 'not-found', what: 'router' } });
    expect(apply({ kind: 'set-mesh-interface', router: 's', towards: 'u', up: false })).toMatchObject({ ok: false, error: { code: 'unsupported', kind: 'set-mesh-interface' } });
    expect(apply({ kind: 'add-mesh-link', router: 's', towards: 'u' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(apply({ kind: 'add-mesh-link', router: 's', towards: 'ghost' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(apply({ kind: 'rotate-authority', trustDomain: 'a.b' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });

  it('to identities names what is there and refuses what is not', () => {
    const identity = compileIdentity({ trustDomain: 'a.b', servers: [{ name: 's' }], workloads: [{ name: 'w', service: 'store', selectors: ['x'] }], entries: [{ spiffeId: 'spiffe://a.b/w', selectors: ['x'] }] }, 1);
    const apply = (command: MeshCommand) => applyMeshCommand({ mesh: null, identity, queue: eventQueue(), at: seconds(5) }, command);
    expect(apply({ kind: 'rotate-svid', service: 'store' }).ok).toBe(true);
    expect(apply({ kind: 'rotate-svid', service: 'other' })).toMatchObject({ ok: false, error: { code: 'not-found', what: 'workload' } });
    expect(apply({ kind: 'rotate-authority', trustDomain: 'c.d' })).toMatchObject({ ok: false, error: { code: 'not-found', what: 'trust domain' } });
    expect(apply({ kind: 'rotate-authority', trustDomain: 'a.b' }).ok).toBe(true);
    expect(identity.authorities).toHaveLength(2);
    expect(apply({ kind: 'restart-mesh-router', router: 'u' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });
});
