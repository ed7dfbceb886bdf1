/** Frames of real recordings obey the laws that hold for every queueing system, whatever made them. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seriesNamed, type Frame, type ImportedRecording } from '@/engine/telemetry';
import { readRecording } from './read-recording';

const FOLDER = 'fixtures/recordings';
const NAMES = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

async function read(name: string): Promise<ImportedRecording> {
  const recording = await readRecording(`${FOLDER}/${name}`);
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  return recording.value;
}

const samplesOf = (frames: readonly Frame[], service: string) => frames.flatMap((frame) => frame.services.filter((sample) => sample.service === service).map((sample) => ({ ...sample, seconds: frame.windowUs / 1e6 })));

describe.each(NAMES)('recording %s', (name) => {
  test('Little’s law: requests in flight are the arrival rate times the time in the system', async () => {
    const { frames } = await read(name);
    for (const service of ['backend', 'frontend']) {
      const samples = samplesOf(frames, service).filter(({ latencyMeanUs, inFlight }) => latencyMeanUs !== null && inFlight !== null);
      const inFlight = samples.reduce((sum, sample) => sum + sample.inFlight! * sample.seconds, 0);
      const spent = samples.reduce((sum, sample) => sum + sample.servedRps! * sample.seconds * (sample.latencyMeanUs! / 1e6), 0);
      expect(samples.length).toBeGreaterThan(500);
      // A busy event loop answers its scrape only once it has finished a request, so the gauge is read low: by 8 to 14 % in these.
      expect(inFlight / spent).toBeGreaterThan(0.8);
      expect(inFlight / spent).toBeLessThan(1.05);
    }
  });

  test('the requests in all frames are those the counter counted', async () => {
    const { frames, series } = await read(name);
    const counted = seriesNamed(series, 'loadgen_requests_total').reduce((sum, { atUs, values }) => sum + values[values.length - 1]! - (atUs[0] === series.startUs ? values[0]! : 0), 0);
    const framed = samplesOf(frames, 'client').reduce((sum, sample) => sum + ((sample.servedRps ?? 0) + (sample.errorRps ?? 0)) * sample.seconds, 0);
    expect(framed).toBeCloseTo(counted, 3);
  });

  test('quantiles are in order and the mean lies below the slowest bucket', async () => {
    const { frames } = await read(name);
    for (const service of ['client', 'frontend', 'backend', 'store']) {
      for (const { latencyP50Us, latencyP95Us, latencyP99Us, latencyMeanUs } of samplesOf(frames, service)) {
        if (latencyP50Us === null) continue;
        expect(latencyP50Us).toBeLessThanOrEqual(latencyP95Us!);
        expect(latencyP95Us).toBeLessThanOrEqual(latencyP99Us!);
        expect(latencyMeanUs).toBeGreaterThan(0);
      }
    }
  });
});
