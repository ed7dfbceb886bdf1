/**
 * What a HorizontalPodAutoscaler (autoscaling/v2) reads. Values are integers in thousandths (`…Milli`), as
 * quantities are upstream; times are seconds, and 0 is the beginning of time (a stamp that was never set).
 */
export type HpaPod = {
  readonly name: string;
  readonly phase: string;
  /** Status of the Ready condition; null when there is none. */
  readonly ready: boolean | null;
  readonly startTime: number | null;
  /** When the Ready condition last changed. */
  readonly readySince: number;
  readonly terminating: boolean;
  /** Requests of the metric's resource by container, in thousandths, null for a container without one; null when none has. */
  readonly requestsMilli: ReadonlyMap<string, number | null> | null;
};

export type PodSample = {
  readonly podName: string;
  readonly at: number;
  readonly windowSeconds: number;
  /** Usage by container for resources; a single entry '' for a value of the whole pod. */
  readonly usageMilli: ReadonlyMap<string, number>;
};

export type MetricTarget =
  | { readonly type: 'Utilization'; readonly percent: number }
  | { readonly type: 'AverageValue'; readonly milli: number }
  | { readonly type: 'Value'; readonly milli: number };

export type MetricSource =
  /** `pods` with the requests of this resource, where several resources are read; default those of the context. */
  | { readonly kind: 'Resource'; readonly resource: string; readonly target: MetricTarget | null; readonly samples: readonly PodSample[]; readonly pods?: readonly HpaPod[] }
  | { readonly kind: 'ContainerResource'; readonly resource: string; readonly container: string; readonly target: MetricTarget | null; readonly samples: readonly PodSample[] }
  | { readonly kind: 'Pods'; readonly target: MetricTarget | null; readonly samples: readonly PodSample[] }
  | { readonly kind: 'Object' | 'External'; readonly target: MetricTarget | null; readonly valuesMilli: readonly number[] }
  | { readonly kind: 'Unknown' };

/**
 * How far a ratio may be from 1 without any change. Until 1.32 the distance from 1 was compared, in floating point: there
 * 1.1 is further off than a tenth (`asDistance`). Since then the ratio is compared with 1 + up and 1 − down.
 */
export type Tolerance = { readonly up: number; readonly down: number; readonly asDistance?: boolean };

export type HpaClock = {
  readonly now: number;
  /** CPU samples of a pod this young count only once it is ready and a whole window old (5 min upstream). */
  readonly cpuInitializationSeconds: number;
  /** A pod that turned unready this soon after its start was never ready (30 s upstream). */
  readonly initialReadinessDelaySeconds: number;
};

export type MetricRefusal = 'request_missing' | 'no_samples' | 'no_ready_samples' | 'no_pods' | 'no_sample_matches_pod' | 'container_sample_missing' | 'invalid_target' | 'unknown_metric';

export type ReplicaProposal = { readonly replicas: number; readonly usageMilli: number; readonly utilizationPercent: number | null };
