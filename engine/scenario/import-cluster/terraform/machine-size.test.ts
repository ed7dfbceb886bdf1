import { expect, test } from 'vitest';
import { machineSize } from './machine-size';
import { allocatableOf } from './planned-node';

const size = (type: string) => {
  const found = machineSize(type);
  return found === null ? null : [found.vcpus, found.memoryMib / 1_024];
};

test('machine types are read by how their names are built', () => {
  expect(['m7i.large', 'm6g.medium', 'c7g.2xlarge', 'r6i.12xlarge', 't3.small', 't2.micro', 't4g.2xlarge', 'i3en.xlarge'].map(size)).toEqual([[2, 8], [1, 4], [8, 16], [48, 384], [2, 2], [1, 1], [8, 32], [4, 32]]);
  expect(['e2-standard-4', 'n1-standard-2', 'n1-highcpu-16', 'c3-highcpu-8', 'e2-medium', 'n2-custom-4-10240', 'custom-2-4096'].map(size)).toEqual([[4, 16], [2, 7.5], [16, 14.4], [8, 16], [2, 4], [4, 10], [2, 4]].map(([cpus, gib]) => [cpus, Math.round(gib! * 1_024) / 1_024]));
});

test('a type that is not covered is null, never a guess', () => {
  for (const type of ['', 'm7i', 'm7i.metal', 'c4.large', 'p5.48xlarge', 'x1.large', 'a.b.c', 'e2-standard-0', 'n9-standard-4', 'custom-0-0', 'constructor', 't3.constructor', 'm7i.']) expect(machineSize(type), type).toBeNull();
});

test('what a machine keeps for itself follows the published formula', () => {
  // e2-standard-4: 4 vCPUs keep 60 + 10 + 10 m; 16 GiB keep 1 024 + 819.2 + 819.2 MiB and 100 for eviction
  expect(allocatableOf({ vcpus: 4, memoryMib: 16_384 })).toEqual({ cpu: 3_920, memory: (16_384 - 2_663 - 100) * 1_048_576, pods: 110 });
});
