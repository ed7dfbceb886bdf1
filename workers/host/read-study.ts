/**
 * Reads what schedulers are compared on: tasks with pieces of work, told one by one or by a rule, and a policy of the user's own, an ES
 * module whose default export has `name`, `pick`, `sliceUs` and `preempts`.
 */
import { pathToFileURL } from 'node:url';
import { has, member, note, onlyKeys, optional, readList, readNumber, readText, specReader, type os, type SpecIssue, type SpecReader } from '@/engine/twin';
import { err, ok, type Result } from '@/engine/kernel';
import { BadInput } from '@/workers/cli/bad-input';

const PIECES_MAX = 1_000_000;
const PRIORITY_MAX = 1_000_000;

/** `untilUs` bounds the pieces that rules make. */
export function readStudy(document: unknown, untilUs: number): Result<os.StudyWork[], readonly SpecIssue[]> {
  const at = specReader(document);
  const works = readList(at, (item) => readWork(item, untilUs), { min: 1, max: 1_000 });
  return at.issues.length === 0 ? ok(works) : err(at.issues);
}

function readWork(at: SpecReader, untilUs: number): os.StudyWork {
  onlyKeys(at, ['name', 'nice', 'priority', 'busy', 'everyMs', 'workMs', 'fromMs', 'pieces']);
  const nice = optional(at, 'nice', (m) => readNumber(m, { min: -20, max: 19, integer: true }));
  const priority = optional(at, 'priority', (m) => readNumber(m, { min: 0, max: PRIORITY_MAX }));
  return { name: readText(member(at, 'name')), ...(nice === undefined ? {} : { nice }), ...(priority === undefined ? {} : { priority }), pieces: readPieces(at, untilUs) };
}

type Pieces = os.StudyWork['pieces'];

function readPieces(at: SpecReader, untilUs: number): Pieces {
  const fromUs = (optional(at, 'fromMs', (m) => readNumber(m, { min: 0, max: 1e9 })) ?? 0) * 1_000;
  if (has(at, 'pieces')) return readTold(member(at, 'pieces'));
  if (has(at, 'everyMs')) {
    const everyUs = readNumber(member(at, 'everyMs'), { min: 0.001, max: 1e9 }) * 1_000;
    const workUs = readNumber(member(at, 'workMs'), { min: 0.001, max: 1e9 }) * 1_000;
    const count = Math.ceil(Math.max(0, untilUs - fromUs) / everyUs);
    if (count > PIECES_MAX) note(member(at, 'everyMs'), 'out-of-range', `${count} pieces are too many`, `at most ${PIECES_MAX}: a longer interval, or fewer seconds`);
    return Array.from({ length: Math.min(count, PIECES_MAX) }, (_, i) => ({ atUs: fromUs + i * everyUs, workUs }));
  }
  if (!has(at, 'busy')) note(at, 'missing', 'it has no work', 'busy: true, or everyMs with workMs, or pieces: [{atMs, workMs}]');
  return [{ atUs: fromUs, workUs: Math.max(1, untilUs) }];
}

function readTold(at: SpecReader): Pieces {
  const pieces = readList(at, (item) => {
    onlyKeys(item, ['atMs', 'workMs']);
    return { atUs: readNumber(member(item, 'atMs'), { min: 0, max: 1e9 }) * 1_000, workUs: readNumber(member(item, 'workMs'), { min: 0.001, max: 1e9 }) * 1_000 };
  }, { max: PIECES_MAX });
  if (pieces.some(({ atUs }, i) => i > 0 && atUs < pieces[i - 1]!.atUs)) note(at, 'out-of-range', 'the pieces are not in order of time', 'sort them by atMs');
  return pieces;
}

const FUNCTIONS = ['pick', 'sliceUs', 'preempts'] as const;

/** The default export of a module. */
export async function readPolicyModule(path: string, absolute: string): Promise<os.StudyPolicy> {
  const module = await import(pathToFileURL(absolute).href).catch((error: unknown) => {
    throw new BadInput(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}. It must be an ES module (.mjs, .js or .ts).`);
  }) as { readonly default?: unknown };
  const policy = module.default;
  if (!isPolicy(policy)) throw new BadInput(`${path} has no policy: export default {name, pick(ready, nowUs), sliceUs(chosen, ready), preempts(waking, running)}.`);
  return policy;
}

const isPolicy = (value: unknown): value is os.StudyPolicy => typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && FUNCTIONS.every((name) => name in value && typeof Reflect.get(value, name) === 'function');
