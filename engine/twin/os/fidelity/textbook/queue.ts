/**
 * The textbook's service: jobs on given arrivals, in one queue for c servers, in c queues filled in turn, or sharing one
 * processor; a quota is a bucket of CPU time that is full again at every period. Nothing of a real scheduler is in it.
 */
export type QueueJob = { readonly atMs: number; readonly workMs: number };
export type QueueSpec = {
  readonly discipline: 'central' | 'in-turn' | 'sharing';
  readonly servers: number;
  readonly speed?: number;
  readonly quota?: { readonly quotaMs: number; readonly periodMs: number; readonly phaseMs: number; readonly burstMs?: number };
};

const DONE_MS = 1e-7;

/** Response times (ms) in the order of the jobs, which come in order of time. */
export function responseTimes(jobs: readonly QueueJob[], { discipline, servers, speed = 1, quota }: QueueSpec): Float64Array {
  const responses = new Float64Array(jobs.length);
  const left = Float64Array.from(jobs, ({ workMs }) => workMs / speed);
  const queues: number[][] = Array.from({ length: discipline === 'in-turn' ? servers : 1 }, () => []);
  let running: { readonly job: number; readonly queue: number }[] = [];
  let nowMs = 0;
  let arrived = 0;
  let done = 0;
  let bucket = quota?.quotaMs ?? Infinity;
  let refillMs = quota === undefined ? Infinity : quota.phaseMs <= 0 ? quota.periodMs : quota.phaseMs;
  const admit = () => {
    const most = discipline === 'in-turn' ? 1 : servers;
    queues.forEach((queue, q) => {
      while (queue.length > 0 && running.filter((one) => one.queue === q).length < most) running.push({ job: queue.shift()!, queue: q });
    });
  };
  while (done < jobs.length) {
    const rate = discipline === 'sharing' ? 1 / Math.max(1, running.length) : 1;
    const drain = discipline === 'sharing' ? 1 : running.length;
    const runs = running.length > 0 && bucket > 1e-9;
    let step = Math.min(arrived < jobs.length ? jobs[arrived]!.atMs - nowMs : Infinity, refillMs - nowMs);
    if (runs) for (const { job } of running) step = Math.min(step, left[job]! / rate, bucket / drain);
    step = Math.max(0, step);
    nowMs += step;
    if (runs) {
      for (const { job } of running) left[job]! -= rate * step;
      bucket -= drain * step;
    }
    if (quota !== undefined && nowMs >= refillMs - 1e-9) {
      bucket = Math.max(quota.quotaMs, Math.min(Math.max(0, bucket) + quota.quotaMs, quota.quotaMs + (quota.burstMs ?? 0)));
      refillMs += quota.periodMs;
    }
    for (const { job } of running) {
      if (left[job]! > DONE_MS) continue;
      responses[job] = nowMs - jobs[job]!.atMs;
      done += 1;
    }
    running = running.filter(({ job }) => left[job]! > DONE_MS);
    for (; arrived < jobs.length && jobs[arrived]!.atMs <= nowMs + 1e-9; arrived += 1) queues[discipline === 'in-turn' ? arrived % servers : 0]!.push(arrived);
    admit();
  }
  return responses;
}

/** Mean and nearest-rank quantiles. */
export function latencyOf(values: ArrayLike<number>): { readonly meanMs: number; readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number } {
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  const rank = (q: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
  return { meanMs: sorted.length === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / sorted.length, p50Ms: rank(0.5), p95Ms: rank(0.95), p99Ms: rank(0.99) };
}
