/** What the files and keys of cgroups are called by cAdvisor, and what one of their units is in its. */
/** Signal of a key and what one of its units is in the signal's. */
export type Scaled = readonly [signal: string, factor: number];

const TICKS_PER_SECOND = 100;
/** Version 1 counts a group alone under the plain keys and with all below it under `total_`, as its usage does. */
export const MEMORY_STAT_1 = 'memory.stat of version 1';
export const VERSION_1 = /(?:^|\/)sys\/fs\/cgroup\/memory\//;

/** Files of `key value` lines. */
export const KEYED: Readonly<Record<string, { readonly known: Readonly<Record<string, Scaled>>; readonly otherwise: string }>> = {
  'cpu.stat': {
    known: {
      usage_usec: ['container_cpu_usage_seconds_total', 1e-6],
      user_usec: ['container_cpu_user_seconds_total', 1e-6],
      system_usec: ['container_cpu_system_seconds_total', 1e-6],
      nr_periods: ['container_cpu_cfs_periods_total', 1],
      nr_throttled: ['container_cpu_cfs_throttled_periods_total', 1],
      throttled_usec: ['container_cpu_cfs_throttled_seconds_total', 1e-6],
      throttled_time: ['container_cpu_cfs_throttled_seconds_total', 1e-9],
    },
    otherwise: 'container_cpu_stat_',
  },
  'memory.stat': {
    known: {
      anon: ['container_memory_rss', 1],
      rss: ['container_memory_rss', 1],
      file: ['container_memory_cache', 1],
      cache: ['container_memory_cache', 1],
      inactive_file: ['container_memory_total_inactive_file_bytes', 1],
      active_file: ['container_memory_total_active_file_bytes', 1],
    },
    otherwise: 'container_memory_stat_',
  },
  [MEMORY_STAT_1]: {
    known: {
      total_rss: ['container_memory_rss', 1],
      total_cache: ['container_memory_cache', 1],
      total_inactive_file: ['container_memory_total_inactive_file_bytes', 1],
      total_active_file: ['container_memory_total_active_file_bytes', 1],
    },
    otherwise: 'container_memory_stat_',
  },
  'cpu.stat.local': { known: {}, otherwise: 'container_cpu_stat_local_' },
  'cpuacct.stat': { known: { user: ['container_cpu_user_seconds_total', 1 / TICKS_PER_SECOND], system: ['container_cpu_system_seconds_total', 1 / TICKS_PER_SECOND] }, otherwise: 'container_cpuacct_stat_' },
  'memory.events.local': { known: {}, otherwise: 'container_memory_events_local_' },
  'memory.swap.events': { known: {}, otherwise: 'container_memory_swap_events_' },
  'cgroup.events': { known: {}, otherwise: 'container_cgroup_events_' },
  'pids.events': { known: {}, otherwise: 'container_pids_events_' },
  'memory.events': { known: { oom_kill: ['container_oom_events_total', 1], max: ['container_memory_failures_at_limit_total', 1] }, otherwise: 'container_memory_events_' },
  'memory.oom_control': { known: { oom_kill: ['container_oom_events_total', 1] }, otherwise: 'container_memory_oom_control_' },
};

/** Files that hold one number; -1 and `max` mean without limit and give no value. */
export const SINGLE: Readonly<Record<string, Scaled>> = {
  'cpuacct.usage': ['container_cpu_usage_seconds_total', 1e-9],
  'cpu.shares': ['container_spec_cpu_shares', 1],
  'cpu.weight': ['container_spec_cpu_weight', 1],
  'cpu.cfs_quota_us': ['container_spec_cpu_quota', 1],
  'cpu.cfs_period_us': ['container_spec_cpu_period', 1],
  'memory.current': ['container_memory_usage_bytes', 1],
  'memory.usage_in_bytes': ['container_memory_usage_bytes', 1],
  'memory.max': ['container_spec_memory_limit_bytes', 1],
  'memory.limit_in_bytes': ['container_spec_memory_limit_bytes', 1],
  'memory.high': ['container_spec_memory_high_bytes', 1],
  'memory.peak': ['container_memory_max_usage_bytes', 1],
  'memory.max_usage_in_bytes': ['container_memory_max_usage_bytes', 1],
  'memory.failcnt': ['container_memory_failcnt', 1],
  'memory.low': ['container_spec_memory_low_bytes', 1],
  'memory.min': ['container_spec_memory_min_bytes', 1],
  'memory.soft_limit_in_bytes': ['container_spec_memory_reservation_limit_bytes', 1],
  'memory.oom.group': ['container_memory_oom_group', 1],
  'memory.swap.current': ['container_memory_swap', 1],
  'memory.swap.max': ['container_spec_memory_swap_limit_bytes', 1],
  'memory.memsw.limit_in_bytes': ['container_spec_memory_and_swap_limit_bytes', 1],
  'memory.memsw.usage_in_bytes': ['container_memory_and_swap_usage_bytes', 1],
  'cpu.max.burst': ['container_spec_cpu_burst', 1],
  'cpu.cfs_burst_us': ['container_spec_cpu_burst', 1],
  'cpu.idle': ['container_spec_cpu_idle', 1],
  'pids.current': ['container_processes', 1],
  'pids.max': ['container_threads_max', 1],
};

/** Version 1 writes “no limit” as the largest number of whole pages. */
export const UNLIMITED = 2 ** 62;
export const IO_KEYS: Readonly<Record<string, string>> = { rbytes: 'container_fs_reads_bytes_total', wbytes: 'container_fs_writes_bytes_total', rios: 'container_fs_reads_total', wios: 'container_fs_writes_total' };

/** Version 1 has a file per quantity, a line per device and direction. */
export const BLKIO: Readonly<Record<string, readonly [read: string, written: string]>> = {
  'blkio.throttle.io_service_bytes': ['container_fs_reads_bytes_total', 'container_fs_writes_bytes_total'],
  'blkio.throttle.io_serviced': ['container_fs_reads_total', 'container_fs_writes_total'],
};
