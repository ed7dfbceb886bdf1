/** Names of compared figures as people say them; `share` becomes per cent. */
const QUANTITIES: Readonly<Record<string, string>> = {
  throughput: 'throughput',
  errorShare: 'errors',
  latencyMeanMs: 'mean latency',
  latencyP50Ms: 'p50 latency',
  latencyP95Ms: 'p95 latency',
  latencyP99Ms: 'p99 latency',
  cpuCores: 'CPU used',
};

export type FigureName = { readonly of: string; readonly quantity: string; readonly unit: string; readonly factor: number };

export function figureName(kpi: string, unit: string): FigureName {
  const cut = kpi.lastIndexOf('.');
  const [of, quantity] = cut < 0 ? ['the whole', kpi] : [kpi.slice(0, cut), kpi.slice(cut + 1)];
  const share = unit === 'share';
  return { of: of === 'client' ? 'clients' : of, quantity: QUANTITIES[quantity] ?? quantity, unit: share ? '%' : unit, factor: share ? 100 : 1 };
}
