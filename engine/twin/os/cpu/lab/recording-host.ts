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
  /** What the hypervisor takes from a CPU, in pieces: CPU time that the groups of full CPUs miss. */
  stolenUs: 14,
  stolenGapUs: 100_000,
  /** CPU of the recorder to spawn a process, and the time to the next one. */
  spawnUs: 2_500,
  spawnGapUs: 3_000,
  /** From all processes being ready to the start of the clock. */
  settleUs: 50_000,
  /** The go-ahead reaches a process so long after the clock's start. */
  goHeardUs: 900,
  /** A process says that it is ready, the recorder hears it. */
  readyHeardUs: 1_000,
  /** CPU until a Node process is ready: shell, runtime, compiler; twice up to the spread more. */
  runtimeStartUs: 53_000,
  runtimeStartSpreadUs: 6_000,
  /** CPU of a Node process that ends. */
  runtimeExitUs: 4_000,
  /** The compiler has seen the loop, but not with these arguments: extra CPU of a process's first items. */
  warmUpUs: [5_000, 4_000, 1_200],
  /** CPU around an item: waking, reading the clock. */
  itemOverheadUs: 80,
  /** From an item's due time to its first instruction: timer slack (50 µs) and wake-up, on a busy and on an idle CPU. */
  wakeBusyUs: 70,
  wakeIdleUs: 170,
  /** Steps of work per ms in a long run. */
  itersPerMs: 1_068_000,
  /** On another host: what is left of the calibrated speed, as the calibration takes the best of short tries. */
  sustainedSpeed: 0.98,
  /** A calibration this near is of this host. */
  speedTolerance: 0.05,
} as const;
