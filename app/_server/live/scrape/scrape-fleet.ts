/** One scrape of the whole fleet: the supervisor and every process it names, side by side, each within its time or not at all. */
import { importExpositionText, type SystemHints, type TelemetryColumns } from '@/engine/telemetry';
import { z } from 'zod';
import { askFleet, parseAnswer, type FleetState } from '../../connectors/fleet/fleet-client';

const TIMEOUT_MS = 800;
const TEXT_CHARACTERS_MAX = 4_000_000;
const TARGETS_MAX = 200;
const targetList = z.array(z.object({ targets: z.array(z.string().regex(/^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/)) })).max(TARGETS_MAX);

export type Scrape = { readonly tables: readonly TelemetryColumns[]; readonly missed: number; readonly droppedRows: number };

export async function scrapeFleet(url: string, atUs: number): Promise<Scrape> {
  const answer = await askFleet(url, { method: 'GET', path: '/targets' });
  const listed = answer.ok && answer.value.status === 200 ? parseAnswer(targetList, answer.value.text) : null;
  const targets = listed?.ok === true ? listed.value.flatMap(({ targets: hosts }) => hosts.map((host) => `http://${host}/metrics`)) : [];
  const texts = await Promise.all([`${url}/metrics`, ...targets].map(readText));
  let droppedRows = 0;
  const tables = texts.flatMap((text, at) => {
    const read = text === null ? null : importExpositionText(text, { atUs, where: `target ${at}` });
    if (read?.ok !== true) return [];
    droppedRows += read.value.counts.rows - read.value.counts.kept;
    return [read.value.columns];
  });
  return { tables, missed: texts.length - tables.length, droppedRows };
}

async function readText(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const text = response.ok ? await response.text() : '';
    return text === '' || text.length > TEXT_CHARACTERS_MAX ? null : text;
  } catch {
    return null;
  }
}

/** What the samples cannot say: who calls whom, how wide a replica is, what a node costs. */
export function hintsFrom({ services, nodes, entryService }: FleetState): SystemHints {
  return {
    entry: entryService,
    services: Object.entries(services).map(([name, { lanes, node, calls, instances }]) => ({
      name,
      lanes,
      startUpSeconds: meanSeconds(instances.flatMap(({ startUpMs }) => startUpMs ?? [])),
      node,
      calls: calls.map((service) => ({ service, perRequest: 1 })),
    })),
    nodes: nodes.map(({ name, cpuCores, memoryMib, usdPerHour }) => ({ name, cpuCores, memoryBytes: memoryMib * 1_048_576, usdPerHour })),
  };
}

const meanSeconds = (ms: readonly number[]): number | null => (ms.length === 0 ? null : ms.reduce((sum, each) => sum + each, 0) / ms.length / 1_000);
