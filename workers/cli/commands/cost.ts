/** `cost`: the bill of a scenario or a recording, with its parts, its owners, its energy and its carbon. */
import { billOfFrames, bookNamed, parsePriceBook, type Bill, type GroupBy, type PriceBook } from '@/engine/cost';
import { runScenario } from '@/engine/scenario';
import { IDLE_SHARING, member, PRICE_BOOK_NAMES, readDay, skeletonOf, specReader, type IdleSharing, type PricesSpec } from '@/engine/twin';
import { BadInput } from '../bad-input';
import { billText } from '../bill-text';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readText } from '../files';
import { durationSeconds, wholeNumber } from '../numbers';
import { isRecording, readRecordingNamed } from '../recording-twin';
import { issueLines, parseYaml, readScenario } from '../scenario-file';

type Asked = { readonly book: PriceBook | undefined; readonly groupBy: GroupBy; readonly prices: PricesSpec };

export const command = defineCommand({
  about:
    'Runs a scenario, or reads a recording, and prints its bill: the lines, who caused them and what is idle (OpenCost’s rules), commitments,\nenergy and carbon. Lines, and owners + idle + what is nobody’s, add up to the total exactly. A recording knows no requests, so its\nservices are charged what they use. Prices are the nodes’ own unless a book is named.',
  positionals: { names: 'SCENARIO|RECORDING', min: 1, max: 1 },
  options: {
    prices: { type: 'string', value: 'FILE', help: 'A price book of your own, YAML or JSON (docs/reference/cost-energy-carbon.md).' },
    book: { type: 'string', value: 'NAME', help: `A shipped price book: ${PRICE_BOOK_NAMES.join(', ')}.` },
    region: { type: 'string', value: 'REGION', help: 'Region whose prices hold, such as us-east-1.' },
    on: { type: 'string', value: 'DAY', help: 'Day whose prices hold, such as 2026-07-20. Default: the latest.' },
    by: { type: 'string', value: 'OWNER', default: 'workload', help: 'pod, workload, namespace, or label:NAME.' },
    idle: { type: 'string', value: 'HOW', help: 'Idle cost: separate, by-cost or evenly. Default: as the system says, else separate.' },
    duration: { type: 'string', value: 'TIME', help: "Simulated time of a scenario. Default: the scenario's own." },
    seed: { type: 'string', value: 'N', help: "Seed of a scenario. Default: the scenario's own." },
    json: { type: 'boolean', default: false, help: 'Prints the bill as one JSON object; amounts are whole micro-dollars, energy millijoules.' },
  },
  examples: ['cost budget-cap', 'cost fixtures/recordings/calm-day --json', 'cost my-cluster.yaml --book aws --region us-east-1 --by namespace --idle by-cost'],
  async run(values, [name], io) {
    const asked: Asked = { book: await bookOf(values), groupBy: groupOf(values.by), prices: { ...(values.region === undefined ? {} : { region: values.region }), ...(values.on === undefined ? {} : { on: dayOf(values.on) }), ...(values.idle === undefined ? {} : { idle: { sharing: sharingOf(values.idle) } }) } };
    const bill = (await isRecording(name!)) ? await billOfRecording(name!, asked) : await billOfScenario(name!, asked, values);
    if (values.json) await io.json(bill);
    else await io.text(billText(bill));
    return EXIT.ok;
  },
});

async function bookOf({ prices, book }: { readonly prices: string | undefined; readonly book: string | undefined }): Promise<PriceBook | undefined> {
  if (prices !== undefined && book !== undefined) throw new BadInput('Give either --prices or --book; a book of your own can extend a shipped one.');
  if (prices !== undefined) {
    const parsed = parsePriceBook(parseYaml(prices, await readText(prices)));
    if (!parsed.ok) throw new BadInput(issueLines(prices, parsed.error));
    return parsed.value;
  }
  if (book === undefined) return undefined;
  const named = PRICE_BOOK_NAMES.find((each) => each === book);
  if (named === undefined) throw new BadInput(`--book takes ${PRICE_BOOK_NAMES.join(', ')}, not "${book}".`);
  return bookNamed(named);
}

function groupOf(text: string): GroupBy {
  if (text === 'pod' || text === 'workload' || text === 'namespace') return text;
  if (text.startsWith('label:') && text.length > 6) return `label:${text.slice(6)}`;
  throw new BadInput(`--by takes pod, workload, namespace or label:NAME, not "${text}".`);
}

function sharingOf(text: string): IdleSharing {
  const known = IDLE_SHARING.find((each) => each === text);
  if (known === undefined) throw new BadInput(`--idle takes ${IDLE_SHARING.join(', ')}, not "${text}".`);
  return known;
}

function dayOf(text: string): string {
  const at = specReader({ on: text });
  const day = readDay(member(at, 'on'));
  if (at.issues.length > 0) throw new BadInput(issueLines('--on', at.issues));
  return day;
}

async function billOfRecording(name: string, { book, groupBy, prices }: Asked): Promise<Bill> {
  const { frames, manifest } = await readRecordingNamed(name);
  const { system } = skeletonOf(frames, manifest.system);
  return billOfFrames({ system: { ...system, prices }, frames, book, groupBy, requestsKnown: false, estimatePower: true });
}

type RunValues = { readonly seed: string | undefined; readonly duration: string | undefined };

async function billOfScenario(name: string, { book, groupBy, prices }: Asked, { seed, duration }: RunValues): Promise<Bill> {
  const scenario = await readScenario(name);
  const durationAsked = duration === undefined ? scenario.durationSeconds : Math.max(1, Math.round(durationSeconds('--duration', duration)));
  const warmUpSeconds = Math.min(scenario.warmUpSeconds ?? 0, durationAsked - 1);
  const system = { ...scenario.system, prices: { ...scenario.system.prices, ...prices } };
  const run = runScenario({ ...scenario, system, durationSeconds: durationAsked, warmUpSeconds }, seed === undefined ? scenario.seed : wholeNumber('--seed', seed, { min: 0, max: Number.MAX_SAFE_INTEGER }));
  const frames = run.frames.filter(({ atUs }) => atUs > warmUpSeconds * 1e6);
  return billOfFrames({ system, frames, book, groupBy, estimatePower: true, startsSeconds: warmUpSeconds });
}
