/** The key figures of a finished run, counted after the warm-up. */
import { meanOf, quantile, toSeconds, type QuantileSketch } from '@/engine/kernel';
import { os, type World } from '@/engine/twin';
import type { Kpi } from './run-report';

type Counts = { readonly offered: number; readonly served: number; readonly failed: number; readonly latency: QuantileSketch };

/** Names are `SERVICE.quantity` (`client` is the end-to-end view), `cost`, `power`. */
export function kpisOf(world: World): Record<string, Kpi> {
  const { infra } = world;
  const measuredSeconds = Math.max(1, toSeconds(world.nowUs) - toSeconds(world.warmUpUs));
  const kpis: Record<string, Kpi> = {};
  if (infra.loads.length > 0) addService(kpis, 'client', infra.client.total, measuredSeconds);
  for (const service of infra.services) {
    addService(kpis, service.name, service.total, measuredSeconds);
    kpis[`${service.name}.cpuCores`] = { value: service.total.cpuCoreUs / 1e6 / measuredSeconds, unit: 'cores' };
  }
  for (const host of world.hosts) addHost(kpis, host, measuredSeconds);
  addTraffic(kpis, world);
  addRecoveries(kpis, world);
  addCoupling(kpis, world);
  kpis.cost = { value: infra.microUsdTimesUs / 1e6 / 1e6 / measuredSeconds, unit: '$/h' };
  kpis.power = { value: infra.milliwattsTimesUs / 1e3 / 1e6 / measuredSeconds, unit: 'W' };
  return kpis;
}

/** Queues, caches and functions since the start; only where there are any. */
function addTraffic(kpis: Record<string, Kpi>, { infra }: World): void {
  for (const { name, depth, inFlight, total, doneAfter } of infra.queues) {
    kpis[`queue.${name}.backlog`] = { value: depth + inFlight, unit: 'messages' };
    kpis[`queue.${name}.done`] = { value: total.done, unit: 'messages' };
    kpis[`queue.${name}.doneAfterP95Seconds`] = { value: doneAfter.count === 0 ? null : quantile(doneAfter, 0.95) / 1e6, unit: 's' };
    kpis[`queue.${name}.redelivered`] = { value: total.redelivered, unit: 'messages' };
    kpis[`queue.${name}.deadLetters`] = { value: total.deadLetters, unit: 'messages' };
  }
  for (const { name, calls, function: pool } of infra.services) {
    for (const { service, cache } of calls) {
      if (cache === null) continue;
      const looked = cache.total.hits + cache.total.misses + cache.total.joined;
      kpis[`cache.${name}→${infra.services[service]!.name}.hitShare`] = { value: looked === 0 ? null : cache.total.hits / looked, unit: 'share' };
    }
    if (pool === null) continue;
    kpis[`${name}.coldStarts`] = { value: pool.coldStarts, unit: 'instances' };
    kpis[`${name}.throttled`] = { value: pool.throttled, unit: 'requests' };
  }
}

/** The worst recovery of each service that can have one, what is still lost included; nothing where nothing was lost. */
function addRecoveries(kpis: Record<string, Kpi>, { infra, nowUs }: World): void {
  infra.services.forEach(({ name, replication, backup }, index) => {
    if (replication === null && backup === null) return;
    const own = infra.recoveries.filter(({ service }) => service === index);
    const openUs = [replication?.lostUs ?? null, backup?.lostUs ?? null].flatMap((lostUs) => (lostUs === null ? [] : [nowUs - lostUs]));
    const worst = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)));
    const inSeconds = (us: number | null): Kpi => ({ value: us === null ? null : us / 1e6, unit: 's' });
    kpis[`${name}.recoveries`] = { value: own.length, unit: 'recoveries' };
    kpis[`${name}.rtoSeconds`] = inSeconds(worst([...own.map(({ rtoUs }) => rtoUs), ...openUs]));
    kpis[`${name}.rpoSeconds`] = inSeconds(worst(own.map(({ rpoUs }) => rpoUs)));
    if (replication === null) return;
    kpis[`${name}.lostWrites`] = { value: own.reduce((total, { lostWrites }) => total + lostWrites, 0), unit: 'writes' };
    kpis[`${name}.replicationLagP95Ms`] = { value: replication.lag.count === 0 ? null : quantile(replication.lag, 0.95) / 1_000, unit: 'ms' };
  });
}

/** Calls between services that the mesh or mutual TLS stopped, since the start; only where there is something that can. */
function addCoupling(kpis: Record<string, Kpi>, { coupling }: World): void {
  if (coupling.isPlain) return;
  const { crossed, cutOff, lost, resent, handshakes, handshakeBytes, refused } = coupling.total;
  kpis['mesh.calls'] = { value: crossed, unit: 'calls' };
  kpis['mesh.callsCutOff'] = { value: cutOff + lost, unit: 'calls' };
  kpis['mesh.segmentsResent'] = { value: resent, unit: 'segments' };
  if (coupling.identity === null) return;
  kpis['mtls.handshakes'] = { value: handshakes, unit: 'handshakes' };
  kpis['mtls.handshakeBytes'] = { value: handshakeBytes, unit: 'bytes' };
  for (const [reason, count] of Object.entries(refused)) kpis[`mtls.refused.${reason}`] = { value: count, unit: 'calls' };
}

/** Programs that answer requests, under `host/program`; restarts of all. */
function addHost(kpis: Record<string, Kpi>, host: os.HostWorld, measuredSeconds: number): void {
  for (const program of host.programs) {
    if (program.phase === 'moved') continue; // it is counted where it runs
    const name = os.serviceOfSpec(host.spec.name, program.spec);
    const totals = os.programTotalsOf(program);
    kpis[`${name}.restarts`] = { value: totals.restarts, unit: 'restarts' };
    if (program.spec.load.kind !== 'requests') continue;
    const ended = totals.served + totals.failed;
    kpis[`${name}.throughput`] = { value: totals.served / measuredSeconds, unit: 'req/s' };
    kpis[`${name}.errorShare`] = { value: ended === 0 ? null : totals.failed / ended, unit: 'share' };
    for (const figure of ['latencyMeanMs', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms'] as const) kpis[`${name}.${figure}`] = { value: totals[figure], unit: 'ms' };
  }
}

function addService(kpis: Record<string, Kpi>, name: string, total: Counts, measuredSeconds: number): void {
  const milliseconds = (us: number): Kpi => ({ value: Number.isNaN(us) ? null : us / 1_000, unit: 'ms' });
  const ended = total.served + total.failed;
  kpis[`${name}.throughput`] = { value: total.served / measuredSeconds, unit: 'req/s' };
  kpis[`${name}.errorShare`] = { value: ended === 0 ? null : total.failed / ended, unit: 'share' };
  kpis[`${name}.latencyMeanMs`] = milliseconds(meanOf(total.latency));
  kpis[`${name}.latencyP50Ms`] = milliseconds(quantile(total.latency, 0.5));
  kpis[`${name}.latencyP95Ms`] = milliseconds(quantile(total.latency, 0.95));
  kpis[`${name}.latencyP99Ms`] = milliseconds(quantile(total.latency, 0.99));
}
