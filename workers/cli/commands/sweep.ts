/** `sweep`: the same seeds for every variant, and what differs with how much certainty. */
import { compareRuns, judgeClaims, recoveryTimes, runScenario, type RunReport } from '@/engine/scenario';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumberRange } from '../numbers';
import { readScenario } from '../scenario-file';
import { variantsOf } from '../variants';

const RUNS_MAX = 5_000;

export const command = defineCommand({
  about: 'Runs a scenario with every seed of the range, once per variant, and prints for every variant the mean and the\n95 % interval of each key figure, and its paired difference to the first variant with interval. Every objective is judged as a claim\nover the seeds: it holds, does not hold, or needs more runs; times to recover come as distributions.\nA variant sets one path of the scenario, as in system.services.catalog.replicas=4,6,8.',
  positionals: { names: 'SCENARIO', min: 1, max: 1 },
  options: {
    seeds: { type: 'string', value: 'A..B', default: '1..8', help: 'Seeds, both ends included.' },
    vary: { type: 'string', value: 'PATH=V1,V2', multiple: true, help: 'Values of one path; several --vary make every combination.' },
  },
  examples: ['sweep node-loss --seeds 1..10', 'sweep failover-claim --seeds 1..80', 'sweep double-traffic --seeds 1..8 --vary system.services.catalog.replicas=4,6,8'],
  async run(values, [name], io) {
    const scenario = await readScenario(name!);
    const seeds = wholeNumberRange('--seeds', values.seeds, { min: 0, max: Number.MAX_SAFE_INTEGER, maxCount: 1_000 });
    const variants = variantsOf(scenario, values.vary ?? []);
    if (variants.length * seeds.length > RUNS_MAX) throw new BadInput(`${variants.length} variants with ${seeds.length} seeds are ${variants.length * seeds.length} runs; at most ${RUNS_MAX} are done in one call.`);
    const runs = variants.map(({ name: variant, spec }) => {
      const reports: Pick<RunReport, 'kpis' | 'objectives'>[] = [];
      for (const seed of seeds) {
        const { kpis, objectives } = runScenario(spec, seed);
        reports.push({ kpis, objectives });
      }
      io.progress(`${variant}: ${seeds.length} runs done`);
      return { name: variant, reports };
    });
    const compared = compareRuns(runs.map(({ name: variant, reports }) => ({ name: variant, kpis: reports.map(({ kpis }) => kpis) })), seeds);
    const claims = runs.map(({ name: variant, reports }) => ({ name: variant, claims: judgeClaims(reports), recoveries: recoveryTimes(reports.map(({ kpis }) => kpis)) }));
    await io.json({ scenario: scenario.id, ...compared, claims });
    return EXIT.ok;
  },
});
