import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutCluster } from '../layout/lay-out-cluster';
import { latticeOf } from '../layout/lattice';
import { seatPods } from '../layout/seat-pods';
import { between, fitCamera, panBy, zoomAt } from './camera';
import { insideOf } from './detail';
import { pick } from './pick';

const SEED = 20_261_121;
const NODES = 90;
const names = Array.from({ length: NODES }, (_, i) => `n${i}`);
const layout = layOutCluster(names.map((name, i) => ({ name, zone: 'abc'[i % 3]!, pool: i % 5 === 0 ? 'spot' : 'general' })), 1.6, null);
const lattice = latticeOf(layout, names);
const PODS = 400;
const pods = { count: PODS, name: null, life: new Int32Array(PODS).fill(1), node: Int32Array.from({ length: PODS }, (_, i) => i % NODES), workload: new Uint32Array(PODS), state: new Uint8Array(PODS).fill(3), cpuMillicores: new Float32Array(PODS), memoryMib: new Float32Array(PODS) };
const seats = seatPods(pods, NODES, null);
const nodeState = new Uint8Array(NODES).fill(2);
const room = { width: 900, height: 560 };
const middle = (node: number) => ({ x: (lattice.cellOfNode[node]! % lattice.columns) + 0.5, y: Math.floor(lattice.cellOfNode[node]! / lattice.columns) + 0.5 });

test('the point where a node is drawn picks that node, at every zoom and place', () => {
  fc.assert(
    fc.property(fc.nat(NODES - 1), fc.double({ min: 0.8, max: 400, noNaN: true }), fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }), (node, scale, dx, dy) => {
      const at = middle(node);
      const camera = { scale, x: at.x - dx / scale, y: at.y - dy / scale };
      expect(pick({ lattice, seats, nodeState }, camera, dx, dy)?.node).toBe(node);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('near by, the seat of a pod picks that pod', () => {
  fc.assert(
    fc.property(fc.nat(PODS - 1), fc.double({ min: 24, max: 400, noNaN: true }), (pod, scale) => {
      const node = pods.node[pod]!;
      const { left, top, step } = insideOf(scale, seats.side[node]!);
      const cell = lattice.cellOfNode[node]!;
      const px = left + step * ((seats.seat[pod]! % seats.side[node]!) + 0.5);
      const py = top + step * (Math.floor(seats.seat[pod]! / seats.side[node]!) + 0.5);
      expect(pick({ lattice, seats, nodeState }, { scale, x: cell % lattice.columns, y: Math.floor(cell / lattice.columns) }, px, py)).toEqual({ node, pod });
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('outside the lattice and on empty slots nothing is picked', () => {
  const camera = fitCamera(lattice, room);
  expect(pick({ lattice, seats, nodeState }, camera, -5_000, 10)).toBeNull();
  const absent = Uint8Array.from(nodeState, (state, node) => (node === 7 ? 0 : state));
  const at = middle(7);
  expect(pick({ lattice, seats, nodeState: absent }, { scale: 10, x: at.x, y: at.y }, 0, 0)).toBeNull();
});

test('zooming keeps what is under the pointer there, inside the limits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 700 }), fc.integer({ min: 150, max: 400 }), fc.double({ min: 0.9, max: 1.5, noNaN: true }), (px, py, factor) => {
      const start = zoomAt(fitCamera(lattice, room), 3, { x: 450, y: 280 }, lattice, room);
      const after = zoomAt(start, factor, { x: px, y: py }, lattice, room);
      const inside = (value: number, most: number) => value > 0.5 && value < most - 0.5;
      if (!inside(after.x + 450 / after.scale, lattice.columns) || !inside(after.y + 280 / after.scale, lattice.rows)) return;
      expect(after.x + px / after.scale).toBeCloseTo(start.x + px / start.scale, 6);
      expect(after.y + py / after.scale).toBeCloseTo(start.y + py / start.scale, 6);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('however far one pans, something of the cluster stays in view; and a flight begins and ends where it should', () => {
  const start = fitCamera(lattice, room);
  for (const [dx, dy] of [[1e6, 0], [-1e6, 0], [0, 1e6], [0, -1e6]] as const) {
    const { x, y, scale } = panBy(start, dx, dy, lattice, room);
    expect(x).toBeLessThan(lattice.columns);
    expect(y).toBeLessThan(lattice.rows);
    expect(x + room.width / scale).toBeGreaterThan(0);
    expect(y + room.height / scale).toBeGreaterThan(0);
  }
  const end = zoomAt(start, 8, { x: 10, y: 10 }, lattice, room);
  for (const [t, camera] of [[0, start], [1, end]] as const) for (const key of ['x', 'y', 'scale'] as const) expect(between(start, end, t, room)[key]).toBeCloseTo(camera[key], 6);
});
