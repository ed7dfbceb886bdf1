import { expect, test } from 'vitest';
import { crossedThresholds } from '../../../infra/kubernetes/node';
import { createFile, fileSystem } from '../../filesystem';
import { addMemoryGroup, allocatePages, evictionReadings, hostMemory, memoryReading, memoryTree, PAGES_PER_MIB, touchFolio, watermarks } from '../index';

const MIB = 1_048_576;

function nodeOf(mib: number) {
  const tree = memoryTree();
  const pod = addMemoryGroup(tree, { name: 'pod' });
  const pages = mib * PAGES_PER_MIB;
  return { pod, host: hostMemory(tree, pages, 0, watermarks(pages)), disk: fileSystem({ capacityBytes: 10_000 * MIB }) };
}
const signals = ({ host, disk }: ReturnType<typeof nodeOf>) => crossedThresholds(evictionReadings(host, disk)).map(({ signal }) => signal);

test('a node full of inactive page cache is under no memory pressure, one full of anonymous memory is', () => {
  const node = nodeOf(1_000);
  for (let i = 0; i < 450; i += 1) touchFolio(node.host.tree, node.pod, i, 512, { nowUs: 0, dirty: false });
  expect(signals(node)).toEqual([]);
  allocatePages(node.host, node.pod, 880 * PAGES_PER_MIB, 'anonPages');
  expect(memoryReading(node.host).available).toBeGreaterThan(100 * MIB);
  allocatePages(node.host, node.pod, 30 * PAGES_PER_MIB, 'anonPages');
  expect(signals(node)).toEqual(['memory.available']);
});

test('page cache that is in use counts as working set', () => {
  const node = nodeOf(1_000);
  for (let pass = 0; pass < 2; pass += 1) for (let i = 0; i < 460; i += 1) touchFolio(node.host.tree, node.pod, i, 512, { nowUs: pass, dirty: false });
  expect(signals(node)).toEqual(['memory.available']);
});

test('a disk above 90 % or out of inodes is pressure too', () => {
  const node = nodeOf(1_000);
  createFile(node.disk, { path: '/a', kind: 'data', bytes: 8_600 * MIB, nowUs: 0 });
  expect(signals(node)).toEqual(['nodefs.available']);
});
