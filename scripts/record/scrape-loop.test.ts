import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TelemetryColumns } from '@/engine/telemetry';
import { scrapeLoop } from './scrape-loop';

let scrapes = 0;
/** Counts its scrapes, fails the second one, and has a line that is no sample in the third. */
const server = http.createServer((_request, response) => {
  scrapes += 1;
  if (scrapes === 2) response.writeHead(500).end();
  else response.end(`# TYPE scrapes_total counter\nscrapes_total{path="/a"} ${scrapes}\n${scrapes === 3 ? 'not a sample\n' : ''}`);
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => server.close());

const valuesOf = ({ rows, signal, value }: TelemetryColumns, name: string) => Array.from({ length: rows }, (_, row) => row).filter((row) => signal.dictionary[signal.keys[row]!] === name).map((row) => value[row]!);

test('a scrape that fails is a gap with up at 0, and a line that is no sample is counted', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const { columns, declared, summary } = await scrapeLoop({
    seconds: 3,
    targets: async () => [{ url, job: 'counter', extraLabels: [['instance', 'here']] }],
    onSecond: () => {},
    signal: new AbortController().signal,
  });
  expect(scrapes).toBeGreaterThanOrEqual(3); // a stalled machine may skip a second
  expect(valuesOf(columns, 'up')).toEqual([1, 0, 1, 1].slice(0, scrapes));
  expect(valuesOf(columns, 'scrapes_total')).toEqual([1, 3, 4].slice(0, scrapes - 1));
  expect(columns.labels.dictionary).toContain('instance="here",path="/a"');
  expect(declared.get('scrapes_total')?.kind).toBe('counter');
  expect(summary).toEqual({ scrapes, missedScrapes: 1, droppedLines: 1 });
});

test('a recording that is stopped says how long it is', async () => {
  const stop = new AbortController();
  const { seconds } = await scrapeLoop({ seconds: 1_000, targets: async () => [], onSecond: (second) => second === 1 && stop.abort(), signal: stop.signal });
  expect(seconds).toBe(1);
});
