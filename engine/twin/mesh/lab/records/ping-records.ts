/** The pings of a run, one record per second of sending; two pings of one pair are two series, as the laboratory writes them. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { LabRecord } from './lab-record';
import type { LabRun } from '../run-lab';

export function pingRecords({ mesh, scenario, flows }: LabRun, emit: (record: LabRecord) => void): void {
  const { pings } = mesh;
  const seconds = scenario.pings.map(() => new Map<number, (number | null)[]>());
  flows.forEach((flow, i) => {
    const t = Math.floor(pings.sentUs[i]! / US_PER_SECOND);
    const rtt = seconds[flow]!.get(t) ?? [];
    seconds[flow]!.set(t, rtt);
    rtt.push(pings.rttUs[i]! < 0 ? null : Math.round(pings.rttUs[i]! / 10) / 100);
  });
  scenario.pings.forEach(({ src, dst }, flow) => {
    for (const [t, rtt] of seconds[flow]!) emit({ t, k: 'ping', s: src, d: dst, tx: rtt.length, rx: rtt.filter((ms) => ms !== null).length, rtt });
  });
}
