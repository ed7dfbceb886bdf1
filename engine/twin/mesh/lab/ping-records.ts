/** The pings of a run, binned by pair and second of sending. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { LabRecord } from './lab-record';
import type { LabRun } from './run-lab';

export function pingRecords({ mesh, scenario }: LabRun, emit: (record: LabRecord) => void): void {
  const { pings } = mesh;
  const bins = new Map<string, { t: number; s: string; d: string; rtt: (number | null)[] }>();
  for (let i = 0; i < pings.length; i += 1) {
    const t = Math.floor(pings.sentUs[i]! / US_PER_SECOND);
    const s = scenario.nodes[pings.source[i]!]!;
    const d = scenario.nodes[pings.target[i]!]!;
    const key = `${t} ${s} ${d}`;
    const bin = bins.get(key) ?? { t, s, d, rtt: [] };
    bins.set(key, bin);
    bin.rtt.push(pings.rttUs[i]! < 0 ? null : Math.round(pings.rttUs[i]! / 10) / 100);
  }
  for (const { t, s, d, rtt } of bins.values()) emit({ t, k: 'ping', s, d, tx: rtt.length, rx: rtt.filter((ms) => ms !== null).length, rtt });
}
