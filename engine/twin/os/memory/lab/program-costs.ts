/**
 * What the laboratory's memory program (Node 20 on Linux 6.18, x86-64) takes by itself. Calibrated once over all eleven memory
 * experiments recorded in November 2026, none of them alone: pages from `memory.stat` at the start and at the limit, CPU from
 * `cpuacct.usage` over the growing, reading, writing and exiting parts.
 */
import { PAGES_PER_MIB } from '../pages';

export const MEMORY_PROGRAM = {
  /** V8 heap and stacks once it waits for its go. */
  anonPages: Math.round(7.25 * PAGES_PER_MIB),
  /** Kernel memory of process and group: page tables, task, sockets, slab. */
  kernelPages: Math.round(0.77 * PAGES_PER_MIB),
  /** Mapped pages of the binary that somebody else is charged for; they count for the OOM killer all the same. */
  mappedFilePages: Math.round(34.2 * PAGES_PER_MIB),
  /** Its own files left in its group's page cache: after a warm start, after a restart, with all caches dropped. */
  ownCachePagesWarm: Math.round(1.2 * PAGES_PER_MIB),
  ownCachePagesRestart: Math.round(1.0 * PAGES_PER_MIB),
  ownCachePagesCold: Math.round(9.2 * PAGES_PER_MIB),
  ownFolioPages: 4,
  /** A 1 MiB buffer from mmap with its header, and the page table that maps 2 MiB. */
  bufferPages: PAGES_PER_MIB + 1,
  pagesPerTable: 512,
  readBufferPages: PAGES_PER_MIB,
  /** The heap grows when a pass over a file is reported. */
  passPages: 120,
} as const;

/** Large folios of the page cache (ext4, kernel 6.18): a 2 MiB read-ahead window, a 1 MiB write. */
export const READ_FOLIO_MIB = 2;
export const WRITE_FOLIO_MIB = 1;

/** Times in µs. */
export const MEMORY_COST = {
  faultPerMib: 500,
  /** Waking up, calling mmap, going to sleep again: per paced MiB. */
  stepPerMib: 160,
  readCachedPerMib: 120,
  /** A page that the host must find first costs more than one that was just reclaimed. */
  readFreshPerMib: 1_250,
  readRecycledPerMib: 300,
  deviceReadPerMib: 1_600,
  writeFreshPerMib: 1_600,
  writeRecycledPerMib: 300,
  touchPerMib: 25,
  freePerMib: 16,
  startCpu: 62_000,
  startWall: 84_000,
  readyToBegin: 4_100,
  goToBegin: 1_700,
  endOfHold: 220,
  betweenSteps: 100,
  exitFixed: 6_000,
  exitPerMib: 90,
  killFixed: 4_000,
  killPerMib: 110,
  exitCpuPerMib: 110,
} as const;
