/**
 * The machine of the recordings around the experiment: what its recorder, its other processes and its runtimes cost.
 * Calibrated on all records of the experiments A and B together (2026, Firecracker guest on AMD EPYC, kernel 6.18,
 * Node 20); none of these numbers belongs to one record.
 */
export const RECORDING_HOST = {
  /** CPU of one sample of the recorder: its `all` less the groups' CPU, per sample. */
  sampleUs: 1_100,
  /** Other processes: median of `othersFrac`, in pieces on any CPU. */
  daemons: 2,
  daemonGapUs: 100_000,
  daemonUs: 500,
  /** Between two spawned processes. */
  spawnGapUs: 3_000,
  /** From all processes being ready to the start of the clock. */
  settleUs: 50_000,
  /** The go-ahead reaches a process so long after the clock's start. */
  goHeardUs: 900,
  /** A process says that it is ready, the recorder hears it. */
  readyHeardUs: 1_000,
  /** CPU until a Node process is ready: shell, runtime, compiler. */
  runtimeStartUs: 53_000,
  runtimeStartSpreadUs: 8_000,
  /** CPU of a Node process that ends. */
  runtimeExitUs: 4_000,
  /** The compiler has seen the loop, but not with these arguments: extra CPU of a process's first items. */
  warmUpUs: [5_000, 4_000, 1_200],
  /** CPU around an item: waking, reading the clock. */
  itemOverheadUs: 80,
  /** From an item's due time to its first instruction: timer slack (50 µs) and wake-up, on a busy and on an idle CPU. */
  wakeBusyUs: 70,
  wakeIdleUs: 170,
  /** What is left of the calibrated speed in a long run: the calibration takes the best of short tries. */
  sustainedSpeed: 0.993,
} as const;
