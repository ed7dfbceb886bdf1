/** Scaling behaviour (autoscaling/v2 `behavior`): windows, policies, and the history they look at. Times in seconds. */
export type ScalingPolicy = { readonly type: 'Pods' | 'Percent'; readonly value: number; readonly periodSeconds: number };

export type ScalingRules = {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly ScalingPolicy[];
};

export type ScalingBehavior = { readonly up: ScalingRules; readonly down: ScalingRules };

export const DEFAULT_DOWNSCALE_WINDOW_SECONDS = 300;

export const DEFAULT_UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

export const DEFAULT_DOWN: ScalingRules = {
  stabilizationWindowSeconds: DEFAULT_DOWNSCALE_WINDOW_SECONDS,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

export type Recommendation = { readonly replicas: number; readonly at: number };

/** A change of size that really happened; `outdated` events may be overwritten. */
export type ScaleEvent = { readonly change: number; readonly at: number };

export type ScaleHistory = {
  readonly recommendations: readonly Recommendation[];
  readonly upEvents: readonly ScaleEvent[];
  readonly downEvents: readonly ScaleEvent[];
};

/** Replaces the last entry the predicate calls old, or appends. Upstream keeps its logs from growing that way. */
export function recordOver<T>(log: readonly T[], isOld: (entry: T) => boolean, entry: T): readonly T[] {
  const at = log.findLastIndex(isOld);
  return at < 0 ? [...log, entry] : log.with(at, entry);
}
