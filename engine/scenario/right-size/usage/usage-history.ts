/** What services used, pod by pod where pods were told apart. Recommenders begin here, whoever measured. */
export type PodUsage = {
  readonly pod: string;
  /** End of each reading's interval, since the start of the history. */
  readonly atSeconds: readonly number[];
  /** Mean over the interval. */
  readonly cpuMillicores: readonly number[];
  /** At its end. */
  readonly memoryBytes: readonly number[];
};

export type ServiceUsage = {
  readonly service: string;
  readonly pods: readonly PodUsage[];
  /** False where the service was measured as a whole: then there is one mean pod, and nobody knows how far the busiest was above it. */
  readonly podByPod: boolean;
  /** All pods together in the busiest interval. */
  readonly millicoresMost: number;
  readonly replicasMost: number;
  /** When a container was killed for its memory. */
  readonly killedAtSeconds: readonly number[];
};

export type UsageHistory = { readonly seconds: number; readonly services: readonly ServiceUsage[] };

export const samplesIn = ({ pods }: ServiceUsage) => pods.reduce((sum, { atSeconds }) => sum + atSeconds.length, 0);
export const usageOf = ({ services }: UsageHistory, name: string) => services.find(({ service }) => service === name);
