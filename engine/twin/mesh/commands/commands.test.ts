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

  it('reads new links and routers back as written, and says what is wrong with them', () => {
    const commands: readonly MeshCommand[] = [
      { kind: 'add-mesh-link', router: 's', towards: 'd', lossPercent: 12, lossPercentBack: 30, throughputMbps: 20 },
      { kind: 'add-mesh-router', router: 'p', x: 9.99, y: 48.4, neighbours: [{ router: 's', lossPercent: 5 }, { router: 'd' }] },
    ];
    for (const command of commands) {
      const at = specReader(JSON.parse(JSON.stringify(command)));
      expect(readMeshCommand(at, command.kind)).toEqual(command);
      expect(at.issues).toEqual([]);
      expect(Object.keys(inverseMeshCommand(command, null)!).sort()).toEqual('towards' in command ? ['kind', 'router', 'towards'] : ['kind', 'router']);
    }
    const bad = specReader({ kind: 'add-mesh-router', router: 'p', neighbours: [{ router: 's', lossPercent: 130, distance: 4 }], colour: 'red' });
    readMeshCommand(bad, 'add-mesh-router');
    expect(bad.issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['colour', 'neighbours[0].distance', 'neighbours[0].lossPercent']));
  });

  it('takes the loss of a new link from the radio model where both places are known, and asks for it where not', () => {
    const placed = running({ routers: [{ name: 'hall', gateway: true, x: 9.98, y: 48.4 }, { name: 'mill', x: 9.982, y: 48.4 }, { name: 'far', x: 10.03, y: 48.4 }, { name: 'lost' }], links: [{ a: 'hall', b: 'mill' }, { a: 'lost', b: 'mill' }] });
    expect(placed.apply({ kind: 'add-mesh-router', router: 'new', x: 9.9825, y: 48.4002 }).ok).toBe(true);
    expect(placed.mesh.added.links.map(({ b, lossPercent }) => [b, (lossPercent ?? 100) < 50])).toEqual([['hall', true], ['mill', true]]);
    expect(placed.apply({ kind: 'add-mesh-link', router: 'lost', towards: 'hall' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(placed.apply({ kind: 'add-mesh-link', router: 'lost', towards: 'hall', lossPercent: 120 })).toMatchObject({ ok: false, error: { code: 'out-of-range', max: 100 } });
    expect(placed.apply({ kind: 'add-mesh-link', router: 'lost', towards: 'hall', lossPercent: 20 }).ok).toBe(true);
    expect(placed.apply({ kind: 'add-mesh-link', router: 'hall', towards: 'hall' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(placed.apply({ kind: 'add-mesh-router', router: 'nowhere', x: 20, y: 10 })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(placed.apply({ kind: 'add-mesh-router', router: 'mill' })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(placed.apply({ kind: 'add-mesh-router', router: 'q', neighbours: [{ router: 'ghost', lossPercent: 1 }] })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(placed.apply({ kind: 'add-mesh-router', router: 'q', neighbours: [{ router: 'mill', lossPercent: 1 }, { router: 'mill', lossPercent: 1 }] })).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(placed.mesh.topology.names).toEqual(['hall', 'mill', 'far', 'lost', 'new']);
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
