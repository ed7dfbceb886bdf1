/**
 * What the kubelet looks at before it evicts, read from this host: memory that is not working set (usage without inactive file
 * pages), and free blocks and inodes. Thresholds, ranking and the choice are the cluster's own rules (`nextEviction`).
 */
import { workingSet, type Reading, type Signal } from '../../../infra/kubernetes/node';
import { usage, type FileSystem } from '../../filesystem';
import { ROOT_MEMORY_GROUP } from '../cgroup/memory-group';
import { bytesOf } from '../pages';
import type { HostMemory } from './host-memory';

export type EvictionReadings = Readonly<Partial<Record<Signal, Reading>>>;

export function memoryReading(host: HostMemory): Reading {
  const capacity = bytesOf(host.totalPages - host.reservedPages);
  const inactive = host.tree.groups.reduce((sum, { folios }) => sum + folios.reduce((pages, folio) => (folio.active ? pages : pages + folio.pages), 0), 0);
  return { available: capacity - workingSet(bytesOf(host.tree.groups[ROOT_MEMORY_GROUP]!.chargedPages), bytesOf(inactive)), capacity };
}

/** Without a file system only memory is read. */
export function evictionReadings(host: HostMemory, nodefs: FileSystem | null): EvictionReadings {
  if (nodefs === null) return { 'memory.available': memoryReading(host) };
  const { availableBytes, inodesFree } = usage(nodefs);
  return { 'memory.available': memoryReading(host), 'nodefs.available': { available: availableBytes, capacity: nodefs.capacityBytes }, 'nodefs.inodesFree': { available: inodesFree, capacity: nodefs.inodesMax } };
}
