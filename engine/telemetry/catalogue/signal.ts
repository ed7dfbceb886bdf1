/** What a metric means, independent of who measured it. Names are the ones Prometheus exporters use. */
export type SignalKind = 'counter' | 'gauge' | 'histogram' | 'untyped';
export type SignalDomain = 'infra' | 'mesh' | 'os' | 'cost';
/** The four golden signals (Google SRE book, ch. 6); null for what is none of them (prices, counts of things). */
export type GoldenSignal = 'latency' | 'traffic' | 'errors' | 'saturation';

export type Signal = {
  readonly name: string;
  readonly kind: SignalKind;
  /** Of the value as it is exposed: seconds, bytes, cores, requests, …; '' for a pure number. */
  readonly unit: string;
  readonly domain: SignalDomain;
  readonly golden: GoldenSignal | null;
  readonly help: string;
};
