import { expect, test } from 'vitest';
import type { RecordingManifest } from './manifest';
import { parseRecordingManifest } from './parse-manifest';

const manifest: RecordingManifest = {
  formatVersion: 1,
  id: 'calm-day',
  title: 'A calm day',
  made: { date: '2026-01-31', how: 'fleet on loopback', command: 'npm run record -- --seconds 120' },
  sources: [{ name: 'frontend', url: 'http://127.0.0.1:9100/metrics' }],
  startedAt: '2026-01-31T10:00:00Z',
  seconds: 120,
  scrapeSeconds: 1,
  rows: 42,
  signals: [{ name: 'http_requests_total', kind: 'counter', unit: 'requests' }],
  labels: ['code', 'service'],
  faults: [{ kind: 'cpu-hog', subject: 'n1', atSeconds: 30, lastsSeconds: 10 }, { kind: 'kill-replica', subject: 'backend', atSeconds: 60, lastsSeconds: null }],
  system: {
    entry: 'frontend',
    services: [{ name: 'frontend', lanes: 1, startUpSeconds: null, node: 'n1', calls: [{ service: 'backend', perRequest: null }] }],
    nodes: [{ name: 'n1', cpuCores: 2, memoryBytes: null, usdPerHour: 0.1 }],
  },
};

const issuesOf = (change: object) => {
  const result = parseRecordingManifest(JSON.stringify({ ...manifest, ...change }));
  return result.ok ? [] : result.error;
};

test('a manifest written is the manifest read', () => {
  expect(parseRecordingManifest(JSON.stringify(manifest))).toEqual({ ok: true, value: manifest });
});

test('members it does not know are left for later versions', () => {
  expect(issuesOf({ future: 1 })).toEqual([]);
});

test('every wrong place is named, with what to write there', () => {
  const issues = issuesOf({ id: 'Not Kebab', seconds: '120', scrapeSeconds: 0, startedAt: 'yesterday', faults: [{ kind: 5, atSeconds: -1 }], system: { services: [{ name: 'a', lanes: 0, calls: 'b' }], nodes: [3] }, signals: [{ name: 'x', kind: 'meter' }] });
  expect(issues.map(({ where }) => where.replace('recording.json: ', ''))).toEqual(['id', 'startedAt', 'seconds', 'scrapeSeconds', 'signals[0].kind', 'faults[0].kind', 'faults[0].atSeconds', 'system.services[0].lanes', 'system.services[0].calls', 'system.nodes[0]']);
  for (const issue of issues) expect(issue.next.length).toBeGreaterThan(5);
});

test('another version is refused before anything else is looked at', () => {
  expect(issuesOf({ formatVersion: 2, id: 7 })).toMatchObject([{ code: 'unsupported', what: 'formatVersion is 2, this reader knows 1' }]);
  expect(issuesOf({ formatVersion: undefined })).toMatchObject([{ code: 'unsupported' }]);
});
