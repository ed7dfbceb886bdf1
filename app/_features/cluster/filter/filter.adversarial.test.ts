import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { cluster } from '@/engine/twin';
import { filterIndex, matchFilter } from './match-filter';
import { parseFilter } from './parse-filter';
import { podName } from './pod-name';

const SEED = 20_261_121;

/** Six nodes in two zones; pod 6 waits for a node. CPU used: 90 % of the first node, 10 % of the others, the last is not measured. */
function picture(names: readonly string[] | null = null): cluster.ClusterPicture {
  const node = Int32Array.from([0, 0, 1, 2, 3, 5, -1]);
  return {
    shape: {
      name: 'test',
      zones: ['a', 'ab'],
      pools: ['general', 'spot'],
      workloads: ['Checkout-api', 'search'],
      nodes: { name: ['n1', 'n10', 'N2', 'n3', 'n4', 'n5'], labels: ['disk=ssd arch=arm64', '', '', '', '', 'disk=hdd'], zone: Uint16Array.from([0, 0, 0, 1, 1, 1]), pool: Uint16Array.from([0, 1, 0, 1, 0, 1]), cpuMillicores: new Float64Array(6).fill(1_000), memoryMib: new Float64Array(6).fill(1_000), podsMax: new Uint16Array(6).fill(110) },
    },
    moment: {
      atSeconds: 0,
      nodes: { state: Uint8Array.from([2, 2, 6, 2, 0, 2]), cpuRequestedMillicores: Float64Array.from([800, 500, 0, 0, 0, 0]), memoryRequestedMib: new Float64Array(6), cpuUsedMillicores: Float64Array.from([900, 100, 100, 100, 100, Number.NaN]) },
      pods: { count: 7, name: names, life: new Int32Array(7).fill(1), workload: Uint32Array.from([0, 1, 0, 1, 1, 0, 1]), node, state: Uint8Array.from([3, 3, 2, 3, 0, 3, 1]), cpuMillicores: new Float32Array(7).fill(100), memoryMib: new Float32Array(7).fill(10) },
    },
  };
}

function found(text: string, of = picture()): { nodes: string[]; pods: number[] } {
  const matches = matchFilter(of, filterIndex(of.shape, of.moment.pods.name), parseFilter(text).terms);
  if (matches === null) return { nodes: [], pods: [] };
  return { nodes: of.shape.nodes.name.filter((_, i) => matches.nodes[i] === 1), pods: [...matches.pods.keys()].filter((i) => matches.pods[i] === 1) };
}

test('a zone of exactly that name is meant, not every zone that contains it; else those that contain it', () => {
  expect(found('zone:a').nodes).toEqual(['n1', 'n10', 'N2']);
  expect(found('zone:b').nodes).toEqual(['n3', 'n5']);
  expect(found('node:n1').nodes).toEqual(['n1']);
  expect(found('pool:spot,general zone:ab').nodes).toEqual(['n3', 'n5']);
});

test('words are found in names and labels of nodes, and in names of pods', () => {
  expect(found('n1').nodes).toEqual(['n1', 'n10']);
  expect(found('disk=ssd').nodes).toEqual(['n1']);
  expect(found('CHECKOUT')).toEqual({ nodes: [], pods: [0, 2, 5] });
  expect(found('"disk=ssd arch"').nodes).toEqual(['n1']);
  expect(found('-n1').nodes).toEqual(['N2', 'n3', 'n5']);
});

test('a node that is not there is never found, nor the pod of a free slot', () => {
  expect(found('zone:ab').nodes).not.toContain('n4');
  expect(found('search').pods).toEqual([1, 3, 6]);
});

test('shares compare in per cent; what is not measured meets no comparison', () => {
  expect(found('cpu>80').nodes).toEqual(['n1']);
  expect(found('cpu<=10').nodes).toEqual(['n10', 'N2', 'n3']);
  expect(found('requested=80%').nodes).toEqual(['n1']);
  expect(found('pods>1').nodes).toEqual(['n1']);
});

test('terms about nodes and pods together mean pods on such nodes; a pending pod is on none', () => {
  expect(found('zone:a workload:search').pods).toEqual([1, 3]);
  expect(found('state:pending').pods).toEqual([6]);
  expect(found('zone:a state:pending cpu>80')).toEqual({ nodes: [], pods: [] });
  expect(found('state:not-ready').nodes).toEqual(['N2']);
  expect(found('state:starting,running zone:a').pods).toEqual([0, 1, 2, 3]);
});

test('a pod is found by the name it is shown with', () => {
  for (const of of [picture(), picture(['alpha-x', 'beta', 'gamma', 'delta', 'gone', 'epsilon', 'zeta'])])
    for (const pod of [0, 1, 2, 3, 5, 6]) expect(found(`pod:"${podName(of, pod).toLowerCase()}"`, of).pods).toEqual([pod]);
});

test('what cannot be read is said with a next step and left out', () => {
  expect(parseFilter('colour:red n1')).toMatchObject({ terms: [{ kind: 'text', value: 'n1' }], issues: [expect.stringContaining('There is no colour')] });
  expect(parseFilter('cpu>many').issues[0]).toContain('cpu>80');
  expect(parseFilter('zone>a').issues[0]).toContain('zone:a');
  expect(parseFilter('state:ready,pending').issues[0]).toContain('not of both');
  expect(parseFilter('constructor:x').issues).toHaveLength(1);
  expect(parseFilter('state:toString').issues).toHaveLength(1);
  expect(parseFilter('x '.repeat(600))).toMatchObject({ issues: [expect.stringContaining('500'), expect.stringContaining('20')] });
  for (const half of ['', ' ', '-', '"', 'zone:', 'cpu>', 'state:', 'state:,']) expect(parseFilter(half).issues).toEqual([]);
});

test('no text makes it throw, hang or find what is not there', () => {
  const of = picture();
  const index = filterIndex(of.shape, of.moment.pods.name);
  const piece = fc.constantFrom('zone:', 'state:', 'cpu', '>', '=', '-', '"', ',', ' ', 'a', 'n1', '80', '%', '\n', '\u0000', '\ud800', 'é', '$', '(', '[', '\\', 'pod:');
  fc.assert(
    fc.property(fc.oneof(fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join('')), fc.string({ maxLength: 60 })), (text) => {
      const matches = matchFilter(of, index, parseFilter(text).terms);
      if (matches === null) return;
      expect(matches.nodes[4]).toBe(0);
      expect(matches.pods[4]).toBe(0);
      expect(matches.podCount).toBe(matches.pods.reduce((sum, flag) => sum + flag, 0));
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});
