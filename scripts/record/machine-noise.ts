/** What else went on in the machine while recording, so that a reader can judge the recording. */
import { cpuSeconds, load1 } from '@/fixtures/fleet/supervisor/host-counters';

export type MachineNoise = { readonly busyCores: number; readonly stolenCores: number; readonly load1Mean: number; readonly load1Max: number };
export type NoiseMeter = { look(): void; read(): MachineNoise | null };

/** Null from `read` where the machine has no /proc. */
export function startNoiseMeter(): NoiseMeter {
  const before = totals();
  const startedMs = performance.now();
  const loads: number[] = [];
  return {
    look() {
      const load = load1();
      if (load !== null) loads.push(load);
    },
    read() {
      const after = totals();
      const seconds = (performance.now() - startedMs) / 1_000;
      if (before === null || after === null || loads.length === 0) return null;
      return {
        busyCores: (after.busy - before.busy) / seconds,
        stolenCores: (after.stolen - before.stolen) / seconds,
        load1Mean: loads.reduce((sum, load) => sum + load, 0) / loads.length,
        load1Max: Math.max(...loads),
      };
    },
  };
}

function totals(): { readonly busy: number; readonly stolen: number } | null {
  const samples = cpuSeconds();
  if (samples.length === 0) return null;
  let busy = 0;
  let stolen = 0;
  for (const { labels, value } of samples) {
    if (labels.mode === 'steal') stolen += value;
    else if (labels.mode !== 'idle' && labels.mode !== 'iowait') busy += value;
  }
  return { busy, stolen };
}
