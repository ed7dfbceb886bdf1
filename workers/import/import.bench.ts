/**
 * How long a recording of a given size takes from bytes to frames, for every format. It measures and prints
 * one JSON line per format; it asserts no time.
 *
 * Run: node --import tsx workers/import/import.bench.ts [MEGABYTES]
 */
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, sortColumns, type TelemetryColumns } from '@/engine/telemetry';
import { nextBelow, nextUnit, randomStream } from '@/engine/kernel';
import { importFiles } from './import-files';
import { encodeParquet } from './parquet';

const START_US = 1_769_817_600_000_000;
const BOUNDS = Array.from({ length: 49 }, (_, i) => (0.0005 * 1.25 ** i).toPrecision(4));
const SERVICES = [['frontend', 1], ['backend', 4], ['store', 1]] as const;

/** What the fleet exposes: counters, gauges and a 50-bucket histogram per replica, random work every second. */
function synthetic(seconds: number): TelemetryColumns {
  const random = randomStream(1, 'import bench');
  const builder = columnsBuilder(1 << 20);
  const replicas = SERVICES.flatMap(([service, count]) => Array.from({ length: count }, (_, i) => ({ service, replica: `${service}-${i}`, buckets: new Float64Array(BOUNDS.length + 1), sum: 0, cpu: 0, failed: 0 })));
  for (let t = 0; t < seconds; t += 1) {
    const at = START_US + t * 1e6;
    for (const own of replicas) {
      const labels = (more: readonly (readonly [string, string])[] = []) => canonicalLabels([['service', own.service], ['replica', own.replica], ...more]);
      for (let requests = 20 + nextBelow(random, 60); requests > 0; requests -= 1) {
        const slowness = 8 + nextBelow(random, 12) + nextBelow(random, 12);
        for (let bucket = slowness; bucket <= BOUNDS.length; bucket += 1) own.buckets[bucket]! += 1;
        own.sum += nextUnit(random) * 0.02;
      }
      own.cpu += nextUnit(random);
      own.failed += nextBelow(random, 50) === 0 ? 1 : 0;
      const served = own.buckets[BOUNDS.length]!;
      BOUNDS.forEach((le, i) => appendRow(builder, at, 'http_request_duration_seconds_bucket', labels([['le', le]]), own.buckets[i]!));
      appendRow(builder, at, 'http_request_duration_seconds_bucket', labels([['le', '+Inf']]), served);
      appendRow(builder, at, 'http_request_duration_seconds_sum', labels(), own.sum);
      appendRow(builder, at, 'http_request_duration_seconds_count', labels(), served);
      appendRow(builder, at, 'http_requests_total', labels([['code', '200']]), served);
      appendRow(builder, at, 'http_requests_total', labels([['code', '500']]), own.failed);
      appendRow(builder, at, 'http_requests_in_flight', labels(), nextBelow(random, 9));
      appendRow(builder, at, 'process_cpu_seconds_total', labels(), own.cpu);
      appendRow(builder, at, 'process_resident_memory_bytes', labels(), 5e7 + nextBelow(random, 1e6));
    }
  }
  return builtColumns(builder);
}

const row = (columns: TelemetryColumns, i: number) => ({ at: columns.atUs[i]!, signal: columns.signal.dictionary[columns.signal.keys[i]!]!, labels: columns.labels.dictionary[columns.labels.keys[i]!]!, value: columns.value[i]! });
const lines = (columns: TelemetryColumns, line: (sample: ReturnType<typeof row>) => string) => new TextEncoder().encode(Array.from({ length: columns.rows }, (_, i) => line(row(columns, i))).join(''));

type JsonSeries = { readonly metric: Readonly<Record<string, string | undefined>>; readonly values: [number, string][] };

function prometheusJson(columns: TelemetryColumns): Uint8Array {
  const series = new Map<string, JsonSeries>();
  for (let i = 0; i < columns.rows; i += 1) {
    const { at, signal, labels, value } = row(columns, i);
    const key = `${signal}{${labels}`;
    const known: JsonSeries = series.get(key) ?? { metric: { __name__: signal, ...Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text])) }, values: [] };
    known.values.push([at / 1e6, String(value)]);
    series.set(key, known);
  }
  return new TextEncoder().encode(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [...series.values()] } }));
}

const ENCODERS: readonly (readonly [string, (columns: TelemetryColumns) => Uint8Array | Promise<Uint8Array>])[] = [
  ['parquet', (columns) => encodeParquet(sortColumns(columns))],
  ['prometheus-text', (columns) => lines(columns, ({ at, signal, labels, value }) => `${signal}{${labels}} ${value} ${at / 1e3}\n`)],
  ['prometheus-json', prometheusJson],
  ['csv', (columns) => new TextEncoder().encode(`at_us,signal,labels,value\n${new TextDecoder().decode(lines(columns, ({ at, signal, labels, value }) => `${at},${signal},"${labels.replace(/"/g, '""')}",${value}\n`))}`)],
];

const wantedBytes = Number(process.argv[2] ?? 10) * 1_000_000;
const PROBE_SECONDS = 2_000;
for (const [format, encode] of ENCODERS) {
  let seconds = PROBE_SECONDS;
  let bytes = await encode(synthetic(seconds));
  for (let correction = 0; correction < 2; correction += 1) {
    seconds = Math.ceil((seconds * wantedBytes) / bytes.length); // longer recordings pack differently: ask twice
    bytes = await encode(synthetic(seconds));
  }
  const wallMs: number[] = [];
  const cpuMs: number[] = []; // of all threads: what it costs on a machine with other work
  let imported = await importFiles([{ name: format, bytes }]);
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    const before = process.cpuUsage();
    imported = await importFiles([{ name: format, bytes }]);
    wallMs.push(Math.round(performance.now() - started));
    const { user, system } = process.cpuUsage(before);
    cpuMs.push(Math.round((user + system) / 1e3));
  }
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  const { understood } = imported.value;
  console.log(JSON.stringify({ format, megabytes: bytes.length / 1e6, rows: understood.counts.rows, frames: understood.frames, wallMs, cpuMs, rowsPerCpuSecond: Math.round((understood.counts.rows / Math.min(...cpuMs)) * 1e3) }));
}
