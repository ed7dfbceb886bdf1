/** The metrics of an autoscaler's spec, filled with what the last scrape read in this world. Values are thousandths, as upstream's quantities. */
import { toSeconds, US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import type { World } from '../../../world';
import type { HpaPod, MetricSource, MetricTarget, PodSample } from '../../kubernetes';
import type { Replica, Service } from '../../infra';
import { memoryOf } from '../../replica-memory';
import type { HpaMetricSpec, PodMetricName } from '../spec';

const MIB = 1_048_576;
const MILLI = 1_000;
const DEFAULT_METRICS: readonly HpaMetricSpec[] = [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 80 }];

export const metricsOf = (spec: { readonly metrics?: readonly HpaMetricSpec[] }) => spec.metrics ?? DEFAULT_METRICS;

/** The pods of a service as its autoscaler sees them. Requests are those of the resource that is asked for. */
export function hpaPods({ infra, nowUs }: World, service: Service, resource: 'cpu' | 'memory'): readonly HpaPod[] {
  return service.replicas.map((index) => {
    const replica = infra.replicas[index]!;
    const runs = replica.startedUs >= 0 && replica.startedUs <= nowUs;
    return {
      name: replica.name,
      phase: runs ? 'Running' : 'Pending',
      ready: runs ? replica.phase === 'ready' && !replica.unready : null,
      startTime: runs ? replica.startedUs / US_PER_SECOND : null,
      readySince: Math.max(0, replica.readySinceUs) / US_PER_SECOND,
      terminating: replica.phase === 'draining',
      requestsMilli: new Map([[service.name, resource === 'cpu' ? replica.cpuRequest : replica.memoryRequestBytes * MILLI]]),
    };
  });
}

export function metricSource(world: World, service: Service, metric: HpaMetricSpec): MetricSource {
  if (metric.kind === 'Resource') {
    const perUnit = metric.resource === 'cpu' ? 1 : MIB * MILLI;
    const target: MetricTarget = metric.utilizationPercent === undefined ? { type: 'AverageValue', milli: Math.round((metric.averageValue ?? 0) * perUnit) } : { type: 'Utilization', percent: metric.utilizationPercent };
    return { kind: 'Resource', resource: metric.resource, pods: hpaPods(world, service, metric.resource), target, samples: samplesOf(world, service, (replica) => (metric.resource === 'cpu' ? replica.sampleMillicores : memoryOf(world.infra, replica) * MILLI)) };
  }
  if (metric.kind === 'Pods') return { kind: 'Pods', target: { type: 'AverageValue', milli: metric.averageValue * MILLI }, samples: podMetric(world, service, metric.metric) };
  const measured = world.infra.services.find(({ name }) => name === metric.service) ?? service;
  const target: MetricTarget = metric.value === undefined ? { type: 'AverageValue', milli: (metric.averageValue ?? 0) * MILLI } : { type: 'Value', milli: metric.value * MILLI };
  return { kind: metric.kind, target, valuesMilli: [Math.round(wholeMetric(world, measured, metric.metric) * MILLI)] };
}

/** One sample for each pod the last scrape had two readings of. */
function samplesOf({ infra }: World, service: Service, valueOf: (replica: Replica) => number): readonly PodSample[] {
  return service.replicas.flatMap((index): PodSample[] => {
    const replica = infra.replicas[index]!;
    if (replica.sampleMillicores < 0) return [];
    return [{ podName: replica.name, at: toSeconds(replica.scrapedAtUs as TimeUs), windowSeconds: toSeconds(infra.cluster.settings.scrapeUs as TimeUs), usageMilli: new Map([[service.name, valueOf(replica)]]) }];
  });
}

/** Requests are spread evenly by the balancer, so each ready pod has its part of the service's rate. */
function podMetric(world: World, service: Service, name: PodMetricName): readonly PodSample[] {
  const ready = service.replicas.filter((index) => world.infra.replicas[index]!.phase === 'ready').length;
  const share = (service.rules.scaling.requestsPerSecond * MILLI) / Math.max(1, ready);
  const samples = samplesOf(world, service, (replica) => Math.round(name === 'requests-per-second' ? share : replica.inFlight * MILLI));
  return samples.map((sample) => ({ ...sample, usageMilli: new Map([['', sample.usageMilli.get(service.name)!]]) }));
}

function wholeMetric({ infra }: World, { replicas, rules }: Service, name: PodMetricName): number {
  return name === 'requests-per-second' ? rules.scaling.requestsPerSecond : replicas.reduce((sum, index) => sum + infra.replicas[index]!.inFlight, 0);
}
