/**
 * `npm run golden [-- --update]`: the state hash and three key figures of every shipped scenario against
 * fixtures/golden/scenarios.json. A difference is either a bug or a change of the engine's version.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ENGINE_VERSION, runScenario } from '@/engine/scenario';
import { scenarios } from '@/scenarios';

export type GoldenRun = { readonly stateHash: string; readonly events: number; readonly p99Ms: number | null; readonly errorShare: number | null; readonly costUsd: number };
export type Golden = { readonly engineVersion: string; readonly runs: Readonly<Record<string, GoldenRun>> };

const FILE = fileURLToPath(new URL('../fixtures/golden/scenarios.json', import.meta.url));

export const readGolden = async (): Promise<Golden> => JSON.parse(await readFile(FILE, 'utf8')) as Golden;

export function goldenNow(): Golden {
  const runs = scenarios.map((scenario) => {
    const { stateHash, events, kpis, costUsd } = runScenario(scenario);
    return [scenario.id, { stateHash, events, p99Ms: kpis['client.latencyP99Ms']?.value ?? null, errorShare: kpis['client.errorShare']?.value ?? null, costUsd }] as const;
  });
  return { engineVersion: ENGINE_VERSION, runs: Object.fromEntries(runs) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = goldenNow();
  if (process.argv.includes('--update')) {
    await writeFile(FILE, `${JSON.stringify(now, null, 2)}\n`);
    console.log(`${Object.keys(now.runs).length} runs written`);
  } else {
    const kept = await readGolden();
    const changed = Object.keys({ ...kept.runs, ...now.runs }).filter((id) => JSON.stringify(kept.runs[id]) !== JSON.stringify(now.runs[id]));
    for (const id of changed) console.error(`${id}: ${JSON.stringify(kept.runs[id])} → ${JSON.stringify(now.runs[id])}`);
    console.log(changed.length === 0 ? 'golden runs: equal' : `golden runs: ${changed.length} changed; if that is meant, npm run golden -- --update`);
    process.exitCode = changed.length === 0 ? 0 : 1;
  }
}
