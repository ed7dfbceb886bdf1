/** Seeded damage to documents: to their structure, and to the bytes of their text. */
import { nextBelow, type randomStream } from '@/engine/kernel';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Random = ReturnType<typeof randomStream>;

export const HOSTILE: readonly (Json | undefined)[] = [
  undefined, null, true, 0, -1, 1e308, -0.5, 2 ** 53, '', 'x', 'x'.repeat(5_000), '9'.repeat(60), '1e400', '-5', '250m', '１', '\u0000', '../../etc', '${A:-3}', [], {}, [[[[[]]]]], ['a', 1, null, {}], { constructor: { prototype: 1 } },
  { kind: 'Secret' }, { metadata: null }, [{ metadata: { name: 'twin' } }], { name: { name: 1 } }, 'Node', 'Deployment', 'shop/web', { requests: { cpu: '1e18', memory: '9E' } }, [{ key: 'a', operator: 'In', values: [1] }],
];

export const pick = <T>(random: Random, items: readonly T[]): T => items[nextBelow(random, items.length)]!;

/** One to four changes: a value replaced, a member taken away, renamed, doubled, or moved somewhere else. */
/** `mayMove`: a text that must not be copied to another place, where it would mean something else. */
export function damageStructure(document: Json, random: Random, mayMove: (value: Json) => boolean): Json {
  let made = document;
  for (let left = 1 + nextBelow(random, 4); left > 0; left -= 1) made = damageOnce(made, random, mayMove);
  return made;
}

function damageOnce(document: Json, random: Random, mayMove: (value: Json) => boolean): Json {
  const made = JSON.parse(JSON.stringify(document)) as Json;
  const place = somewhere(made, random);
  if (place === null) return pick(random, HOSTILE) ?? null;
  const { parent, key } = place;
  const value = (parent as Record<string | number, Json>)[key]!;
  const members = parent as Record<string | number, Json>;
  const to = pick(random, HOSTILE);
  switch (nextBelow(random, 5)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete members[key];
      break;
    case 1:
      if (Array.isArray(parent)) parent.push(value);
      else if (mayMove(value)) members[pick(random, ['name', 'spec', 'items', 'kind', '__proto__x', 'labels', 'env', String(key).toUpperCase()])] = value;
      break;
    case 2: {
      const other = somewhere(made, random);
      if (other !== null && mayMove(value)) (other.parent as Record<string | number, Json>)[other.key] = JSON.parse(JSON.stringify(value)) as Json;
      break;
    }
    default:
      if (to === undefined) delete members[key];
      else members[key] = to;
  }
  return made;
}

/** A member at a random depth; values far down are as likely as those above them. */
function somewhere(document: Json, random: Random): { readonly parent: Json[] | { [key: string]: Json }; readonly key: string | number } | null {
  let here = document;
  let found: { parent: Json[] | { [key: string]: Json }; key: string | number } | null = null;
  for (let depth = 0; depth < 24; depth += 1) {
    if (typeof here !== 'object' || here === null) break;
    const keys = Object.keys(here);
    if (keys.length === 0) break;
    const key = pick(random, keys);
    found = { parent: here, key: Array.isArray(here) ? Number(key) : key };
    here = (here as Record<string | number, Json>)[found.key]!;
    if (nextBelow(random, 6) === 0) break;
  }
  return found;
}

const BYTES = ['{', '}', '[', ']', '"', ':', ',', '\n', ' ', '-', '#', '&', '*', '!', '\\', '0', '9', 'e', '\u0000', '\uFFFD', '  ', '\t', '---\n', '<<: '];

/** One to eight bytes or short runs put in, taken away or replaced, and sometimes the end cut off. */
export function damageText(text: string, random: Random): string {
  let made = text;
  for (let left = 1 + nextBelow(random, 8); left > 0; left -= 1) {
    const at = nextBelow(random, made.length + 1);
    const gone = nextBelow(random, 3) === 0 ? nextBelow(random, 20) : nextBelow(random, 2);
    made = made.slice(0, at) + (nextBelow(random, 3) === 0 ? '' : pick(random, BYTES)) + made.slice(at + gone);
  }
  return nextBelow(random, 20) === 0 ? made.slice(0, nextBelow(random, made.length + 1)) : made;
}
