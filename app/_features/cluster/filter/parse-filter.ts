/**
 * Reads what was typed: words and `key:value` terms that must all hold, `a,b` for either, `-` for not, quotes around
 * spaces, numbers with < > =. What cannot be read is left out and said, with the next step; nothing throws.
 */
import { NAME_FIELDS, NODE_STATES, NUMBER_FIELDS, POD_STATES, type Comparison, type FilterTerm } from './filter-term';

export type ParsedFilter = { readonly terms: readonly FilterTerm[]; readonly issues: readonly string[] };

const LENGTH_MAX = 500;
const TERMS_MAX = 20;
const TOKEN = /(?:[^\s"]+|"[^"]*"?)+/g;
const KEYED = /^([a-z]+)(:|>=|<=|>|<|=)(.*)$/s;

export function parseFilter(text: string): ParsedFilter {
  const issues: string[] = [];
  if (text.length > LENGTH_MAX) issues.push(`Only the first ${LENGTH_MAX} characters count.`);
  const tokens = text.slice(0, LENGTH_MAX).toLowerCase().match(TOKEN) ?? [];
  if (tokens.length > TERMS_MAX) issues.push(`Only the first ${TERMS_MAX} terms count.`);
  const terms = tokens.slice(0, TERMS_MAX).flatMap((token): FilterTerm[] => {
    const term = readTerm(token);
    if (typeof term !== 'string') return term === null ? [] : [term];
    issues.push(term);
    return [];
  });
  return { terms, issues };
}

const unquoted = (value: string) => value.replaceAll('"', '');

/** A term, null for nothing yet, or what is wrong with it. */
function readTerm(token: string): FilterTerm | string | null {
  const not = token.startsWith('-') && token.length > 1;
  const body = not ? token.slice(1) : token;
  const keyed = KEYED.exec(body);
  if (keyed === null) return textTerm(body, not);
  const [, key, comparison, raw] = keyed;
  const value = unquoted(raw!);
  const field = NUMBER_FIELDS[own(NUMBER_FIELDS, key!)];
  if (field !== undefined) return numberTerm(key!, comparison === ':' ? '=' : (comparison as Comparison), value, not);
  const values = value.split(',').filter((each) => each !== '');
  if (key === 'state') return values.length === 0 ? null : stateTerm(values, not);
  const name = NAME_FIELDS[own(NAME_FIELDS, key!)];
  if (name !== undefined && (comparison === ':' || comparison === '=')) return values.length === 0 ? null : { kind: 'name', field: name, values, not };
  if (name !== undefined) return `${key} is a name: write ${key}:${value === '' ? 'name' : value}.`;
  if (comparison === '=') return textTerm(body, not); // a label
  return `There is no ${key}. Keys are ${[...Object.keys(NAME_FIELDS), 'state', ...Object.keys(NUMBER_FIELDS)].join(', ')}.`;
}

/** The key itself when the table has it, else a key no table has. */
const own = (table: Readonly<Record<string, unknown>>, key: string) => (Object.hasOwn(table, key) ? key : '');

function textTerm(body: string, not: boolean): FilterTerm | null {
  const value = unquoted(body);
  return value === '' ? null : { kind: 'text', value, not };
}

function numberTerm(key: string, comparison: Comparison, text: string, not: boolean): FilterTerm | string | null {
  if (text === '') return null;
  const value = /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!Number.isFinite(value)) return `${key} takes a number: write ${key}>80.`;
  return { kind: 'number', field: NUMBER_FIELDS[key]!, comparison, value, not };
}

function stateTerm(values: readonly string[], not: boolean): FilterTerm | string {
  const known = (table: Readonly<Record<string, number>>) => values.every((value) => Object.hasOwn(table, value));
  if (known(NODE_STATES)) return { kind: 'node-state', states: values.map((value) => NODE_STATES[value]!), not };
  if (known(POD_STATES)) return { kind: 'pod-state', states: values.map((value) => POD_STATES[value]!), not };
  return `state is one of ${Object.keys(NODE_STATES).join(', ')} for nodes, ${Object.keys(POD_STATES).join(', ')} for pods; not of both at once.`;
}
