/** `right-size`: what each method would set requests and limits to, and what happens then, under the same seeds and load. */
import { bestRow, measuredRun, observeUsage, RIGHT_SIZE_METHODS, rightSizeRows, rightSizeVariants, rightSizeVerdicts, runScenario, type RightSizeMethod, type RightSizeVariant, type ScenarioSpec, type UsageHistory } from '@/engine/scenario';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { decimalNumber, durationSeconds, wholeNumberRange } from '../numbers';
import { isRecording, readTwinOfRecording } from '../recording-twin';
import { readScenario } from '../scenario-file';

const RUNS_MAX = 1_000;
const DOLLARS = { min: 0, max: 1e9 };

type History = { readonly spec: ScenarioSpec; readonly usage: UsageHistory };

export const command = defineCommand({
  about:
    'Takes what the services of a scenario or a recording used, lets each method recommend requests and limits, and plays them: the same seeds\nand load, beside the system as it is. Prints the recommendations with what a method leaves alone and why, and per variant the\nOOM kills, evictions, waiting pods, throttled share, p99, errors, replicas, machines, $/h, what is saved and what is left of it once the\nadded time outside the objectives is priced, each with a verdict. p95: 95th percentile; vpa: the vertical autoscaler’s recommender; krr: Robusta\nKRR’s simple strategy; machines: today’s requests on fewer machines. Machines that are not needed any more go, unless a node autoscaler decides.',
  positionals: { names: 'SCENARIO|RECORDING', min: 1, max: 1 },
  options: {
    by: { type: 'string', value: 'METHODS', default: 'p95,vpa,krr', help: `Methods, separated by commas: ${RIGHT_SIZE_METHODS.join(', ')}.` },
    seeds: { type: 'string', value: 'A..B', default: '1..5', help: 'Seeds that are played, both ends included. The use comes from the scenario’s own seed.' },
    duration: { type: 'string', value: 'TIME', help: "Simulated time. Default: the scenario's own." },
    'missed-usd': { type: 'string', value: 'USD', default: '5', help: 'What an hour outside the objectives costs.' },
    'effort-usd': { type: 'string', value: 'USD', default: '0', help: 'What the change costs, once.' },
    'allow-hpa': { type: 'boolean', default: false, help: 'Lets KRR recommend what a horizontal autoscaler scales on, too.' },
  },
  examples: ['right-size right-size', 'right-size black-friday --by p95,krr --allow-hpa --seeds 1..3', 'right-size fixtures/recordings/calm-day --by p95,machines --duration 10m'],
  async run(values, [name], io) {
    const methods = methodsOf(values.by);
    const seeds = wholeNumberRange('--seeds', values.seeds, { min: 0, max: Number.MAX_SAFE_INTEGER, maxCount: 200 });
    const prices = { usdPerMissedHour: decimalNumber('--missed-usd', values['missed-usd'], DOLLARS), effortUsd: decimalNumber('--effort-usd', values['effort-usd'], DOLLARS) };
    const { spec, usage } = await historyOf(name!, values.duration);
    const variants = rightSizeVariants({ spec, history: usage, methods, allowHpa: values['allow-hpa'] });
    if (variants.length * seeds.length > RUNS_MAX) throw new BadInput(`${variants.length} variants with ${seeds.length} seeds are ${variants.length * seeds.length} runs; at most ${RUNS_MAX} are done in one call.`);
    const runs = variants.flatMap((variant) => {
      const played = seeds.map((seed) => measuredRun(variant, runScenario(variant.spec, seed)));
      io.progress(`${variant.name}: ${seeds.length} runs done`);
      return played;
    });
    const rows = rightSizeRows(runs, prices);
    const verdicts = rightSizeVerdicts(rows);
    await io.json({
      scenario: spec.id,
      seeds,
      history: { seconds: usage.seconds, services: usage.services.map(({ service, pods, podByPod, replicasMost, killedAtSeconds }) => ({ service, pods: pods.length, podByPod, replicasMost, oomKills: killedAtSeconds.length })) },
      variants: variants.map((variant) => printed(variant, rows.find((row) => row.variant === variant.name)!, verdicts.find((verdict) => verdict.variant === variant.name)!)),
      best: bestRow(rows)?.variant ?? null,
    });
    return EXIT.ok;
  },
});

function printed({ name, method, removed, recommendations }: RightSizeVariant, { variant: _row, ...figures }: ReturnType<typeof rightSizeRows>[number], { kind, sentence }: ReturnType<typeof rightSizeVerdicts>[number]) {
  return { name, method, removed, verdict: { kind, sentence }, ...figures, recommendations };
}

function methodsOf(text: string): readonly RightSizeMethod[] {
  const asked = text.split(',').map((each) => each.trim()).filter((each) => each !== '');
  const methods = asked.map((each) => {
    const known = RIGHT_SIZE_METHODS.find((method) => method === each);
    if (known === undefined) throw new BadInput(`--by takes ${RIGHT_SIZE_METHODS.join(', ')}, separated by commas, not "${each}".`);
    return known;
  });
  if (methods.length === 0) throw new BadInput(`--by takes at least one of ${RIGHT_SIZE_METHODS.join(', ')}.`);
  return [...new Set(methods)];
}

async function historyOf(name: string, duration: string | undefined): Promise<History> {
  const recorded = (await isRecording(name)) ? await readTwinOfRecording(name) : null;
  const scenario = recorded?.spec ?? (await readScenario(name));
  const seconds = duration === undefined ? scenario.durationSeconds : Math.max(1, Math.round(durationSeconds('--duration', duration)));
  const spec = { ...scenario, durationSeconds: seconds, warmUpSeconds: Math.min(scenario.warmUpSeconds ?? 0, seconds - 1) };
  return { spec, usage: recorded === null ? observeUsage({ ...runScenario(spec), warmUpSeconds: spec.warmUpSeconds }) : observeUsage({ frames: recorded.frames }) };
}
