import { describe, expect, test } from 'vitest';
import type { World } from '@/engine/twin';
import { alarmsOf, cluster, lived, livesOn, node, nodesOf, phasesOf, service } from '../testing/small-cluster';

const zoneOf = (zone: string, count: number) => Array.from({ length: count }, (_, i) => node(`${zone}${i + 1}`, { zone }));
const die = (names: readonly string[], atSeconds: number, lastsSeconds?: number) => names.map((name) => ({ kind: 'node-down', node: name, atSeconds, ...(lastsSeconds === undefined ? {} : { lastsSeconds }) }) as const);
/** One pod on each of these nodes: the others have room for what is moved. */
const web = (replicas: number) => service('web', { replicas, cpuRequestMillicores: 300, pod: { topologySpread: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } }] } });
const emptied = (world: World, names: readonly string[]) => names.filter((name) => !nodesOf(world, 'web').includes(name));
const tainted = ({ infra }: World) => infra.nodes.filter(({ evictsSinceUs }) => evictsSinceUs !== undefined).map(({ name }) => name);

describe('pods of nodes that are not ready', () => {
  const twoZones = cluster({ nodes: [...zoneOf('a', 3), ...zoneOf('b', 3)], services: [web(6)] });
  const lost = ['a1', 'a2', 'a3'];

  test('of a zone that is lost whole go node by node, one every ten seconds', () => {
    const world = lived(twoZones, 61, { faults: die(lost, 10) });
    expect(tainted(world)).toEqual(['a1']);
    const seen = [359, 361, 371, 381].map((at) => emptied(livesOn(world, at), lost));
    expect(seen).toEqual([[], ['a1'], ['a1', 'a2'], lost]);
    livesOn(world, 390);
    expect(phasesOf(world, 'web')).toEqual(Array.from({ length: 6 }, () => 'ready'));
  });

  test('of a single node go when they have borne its taint, as if there were no queue', () => {
    const world = lived(twoZones, 359, { faults: die(['a2'], 10) });
    expect(emptied(world, lost)).toEqual([]);
    expect(emptied(livesOn(world, 361), lost)).toEqual(['a2']);
  });

  test('stay while most of a small zone is not ready, and go ten seconds after enough of it is back', () => {
    const five = zoneOf('a', 5).map(({ name }) => name);
    const system = cluster({ nodes: [...zoneOf('a', 5), ...zoneOf('b', 2)], services: [web(7)] });
    const world = lived(system, 900, { faults: [...die(['a1', 'a2'], 10), ...die(['a3'], 10, 900)] });
    expect([tainted(world), emptied(world, five)]).toEqual([[], []]);
    expect(alarmsOf(world, 'evictions-slow').map(({ at, subject }) => [at, subject])).toEqual([[60, 'a']]);
    expect(tainted(livesOn(world, 919))).toEqual([]);
    expect(tainted(livesOn(world, 921))).toEqual(['a1']);
    expect(emptied(livesOn(world, 1_221), five)).toEqual(['a1']);
    expect(emptied(livesOn(world, 1_231), five)).toEqual(['a1', 'a2']);
  });

  test('of a zone of more than fifty nodes, most of which are not ready, go one node every hundred seconds', () => {
    const names = zoneOf('a', 60).map(({ name }) => name).slice(0, 34);
    const world = lived(cluster({ nodes: [...zoneOf('a', 60), node('b1', { zone: 'b' })], services: [web(1)] }), 61, { faults: die(names, 10) });
    expect(tainted(world)).toHaveLength(1);
    expect(tainted(livesOn(world, 159))).toHaveLength(1);
    expect(tainted(livesOn(world, 161))).toHaveLength(2);
  });

  test('stay, and get their node back, when no zone has a ready node left', () => {
    const system = cluster({ nodes: [node('n1', { zone: 'a' }), node('n2', { zone: 'b' })], services: [web(2)] });
    const world = lived(system, 149, { faults: [...die(['n1'], 10), ...die(['n2'], 100, 400)] });
    expect(tainted(world)).toEqual(['n1']);
    expect(tainted(livesOn(world, 151))).toEqual([]);
    expect(alarmsOf(world, 'evictions-halted').map(({ at }) => at)).toEqual([150]);
    expect(emptied(livesOn(world, 505), ['n1', 'n2'])).toEqual([]);
    expect(tainted(livesOn(world, 511))).toEqual(['n1']);
    expect(emptied(livesOn(world, 809), ['n1'])).toEqual([]);
    expect(emptied(livesOn(world, 811), ['n1'])).toEqual(['n1']);
  });

  test('move when the system says so, where it does', () => {
    const stated = cluster({ nodes: [...zoneOf('a', 3), ...zoneOf('b', 3)], services: [web(6)], nodeLoss: { endpointSeconds: 5, rescheduleSeconds: 20 } });
    const world = lived(stated, 31, { faults: die(lost, 10) });
    expect(emptied(world, lost)).toEqual(lost);
  });
});
