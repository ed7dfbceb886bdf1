/**
 * A copy of a parsed document without what must not be kept: data of Secrets and ConfigMaps, values with
 * secret names, what Terraform marks as sensitive, command lines, annotations (`last-applied-configuration`
 * repeats whole Secrets). The readers only ever see this copy. Depth, size and the length of texts are
 * bounded here, once, so that nothing behind it has to care.
 */
import { CLUSTER_IMPORT_LIMITS } from '../import-limits';
import { isSecretKey, isSecretVariable, withoutUserInfo } from './secret-name';
import { drop, type Tally } from './tally';

type Members = Readonly<Record<string, unknown>>;
/** What the surroundings say about a value: whose data it is, and what Terraform masks of it. */
type Context = { readonly depth: number; readonly owner: 'secret' | 'config' | 'plain'; readonly mask: unknown; readonly above: readonly object[] };

const START: Context = { depth: 0, owner: 'plain', mask: undefined, above: [] };
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const DATA = new Set(['data', 'stringData', 'binaryData', 'string_data', 'binary_data', 'data_wo', 'content']);
const COMMANDS = new Set(['command', 'args', 'entrypoint', 'user_data', 'user_data_base64', 'metadata_startup_script', 'startup_script', 'exec']);
const BOOKKEEPING = new Set(['managedFields', 'prior_state', 'resource_drift', 'relevant_attributes', 'checks', 'constant_value', 'variables']);
/** Says where a secret is, not what it is. */
const REFERENCE = /Name$|_name$|Ref$|_ref$|Path$|_path$/;
const VARIABLES_MAX = 10_000;
/** Keys of these are names somebody chose, so a word such as `token` in one is no sign. */
const NAMED_BY_PEOPLE = new Set(['labels', 'matchLabels', 'match_labels', 'nodeSelector', 'node_selector', 'selector', 'services', 'secrets', 'configs', 'volumes', 'networks', 'limits', 'requests', 'depends_on', 'allocatable', 'capacity', 'matchExpressions']);

export const sanitize = (document: unknown, tally: Tally): unknown => copy(document, START, tally);

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const sizeOf = (value: unknown): number => (isMembers(value) ? Object.keys(value).length : Array.isArray(value) ? value.length : value === undefined || value === null || value === '' ? 0 : 1);

function copy(value: unknown, context: Context, tally: Tally): unknown {
  tally.values += 1;
  if (tally.values > CLUSTER_IMPORT_LIMITS.valuesMax) return drop(tally, 'overBudget');
  if (context.mask === true && sizeOf(value) > 0) return drop(tally, 'sensitive');
  if (typeof value === 'string') return copyText(value, tally);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return undefined;
  if (context.depth >= CLUSTER_IMPORT_LIMITS.depthMax) return drop(tally, 'tooDeep');
  if (context.above.includes(value)) return drop(tally, 'tooDeep'); // an alias of YAML may be a part of itself
  const below = { ...context, depth: context.depth + 1, above: [...context.above, value] };
  if (Array.isArray(value)) return value.map((item: unknown, i) => copy(item, { ...below, mask: Array.isArray(context.mask) ? context.mask[i] : undefined }, tally) ?? null);
  return isMembers(value) ? copyMembers(value, below, tally) : undefined;
}

function copyText(text: string, tally: Tally): string | undefined {
  if (text.length > CLUSTER_IMPORT_LIMITS.textMax) return drop(tally, 'longTexts');
  const { text: kept, found } = withoutUserInfo(text);
  drop(tally, 'userInfo', found);
  return kept;
}

function copyMembers(value: Members, context: Context, tally: Tally): Members {
  const owner = ownerOf(value, context.owner);
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copyMember(key, value[key], value, { ...context, owner }, tally);
    if (member !== undefined) kept[key] = member;
  }
  return kept;
}

function copyMember(key: string, value: unknown, parent: Members, context: Context, tally: Tally): unknown {
  if (FORBIDDEN.has(key)) return drop(tally, 'badKeys');
  if (key === 'annotations') return drop(tally, 'annotations', Math.max(1, sizeOf(value)));
  if (BOOKKEEPING.has(key)) return drop(tally, 'bookkeeping', Math.max(1, sizeOf(value)));
  if (COMMANDS.has(key)) return drop(tally, 'commands');
  if (context.owner !== 'plain' && DATA.has(key)) return drop(tally, context.owner === 'secret' ? 'secretEntries' : 'configEntries', sizeOf(value));
  if (key === 'environment') return copyEnvironment(value, tally);
  if (key === 'value' && typeof parent.name === 'string' && isSecretVariable(parent.name)) return drop(tally, 'secretValues', sizeOf(value));
  if (typeof value === 'string' && value !== '' && isSecretKey(key) && !REFERENCE.test(key)) return drop(tally, 'secretValues');
  const mask = key === 'values' ? parent.sensitive_values : key === 'after' ? parent.after_sensitive : isMembers(context.mask) && Object.hasOwn(context.mask, key) ? context.mask[key] : undefined;
  const owner = key === 'secrets' ? 'secret' : key === 'configs' ? 'config' : context.owner;
  return NAMED_BY_PEOPLE.has(key) && isMembers(value) ? copyNamed(value, { ...context, owner, mask }, tally) : copy(value, { ...context, owner, mask }, tally);
}

/** A map whose keys are names: they decide nothing. */
function copyNamed(value: Members, context: Context, tally: Tally): unknown {
  tally.values += 1;
  if (context.mask === true) return drop(tally, 'sensitive');
  if (context.depth >= CLUSTER_IMPORT_LIMITS.depthMax || context.above.includes(value)) return drop(tally, 'tooDeep');
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (FORBIDDEN.has(key)) {
      drop(tally, 'badKeys');
      continue;
    }
    const below = { ...context, depth: context.depth + 1, above: [...context.above, value], mask: isMembers(context.mask) && Object.hasOwn(context.mask, key) ? context.mask[key] : undefined };
    const member = value[key];
    const copied = NAMED_BY_PEOPLE.has(key) && isMembers(member) ? copyNamed(member, below, tally) : copy(member, below, tally);
    if (copied !== undefined) kept[key] = copied;
  }
  return kept;
}

/** Compose: a map or a list of `NAME=value`; comes out as the list of name and value that Kubernetes has. */
function copyEnvironment(value: unknown, tally: Tally): unknown {
  const entries = Array.isArray(value) ? value.map((item: unknown) => splitVariable(item)) : isMembers(value) ? Object.keys(value).map((name) => ({ name, value: value[name] })) : [];
  return entries.slice(0, VARIABLES_MAX).map(({ name, value: set }) => {
    tally.values += 1;
    if (isSecretVariable(name)) return { name: '', value: drop(tally, 'secretValues', sizeOf(set)) };
    return { name: '', value: typeof set === 'string' ? copyText(set, tally) : undefined };
  });
}

function splitVariable(item: unknown): { readonly name: string; readonly value: unknown } {
  if (typeof item !== 'string') return { name: '', value: undefined };
  const at = item.indexOf('=');
  return at < 0 ? { name: item, value: undefined } : { name: item.slice(0, at), value: item.slice(at + 1) };
}

/** Whose `data` it would be. A list of Secrets has items that do not say what they are. */
function ownerOf(value: Members, inherited: Context['owner']): Context['owner'] {
  const kind = typeof value.kind === 'string' ? value.kind : '';
  const type = typeof value.type === 'string' ? value.type : '';
  if (kind === 'Secret' || kind === 'SecretList' || type.startsWith('kubernetes_secret')) return 'secret';
  if (kind === 'ConfigMap' || kind === 'ConfigMapList' || type.startsWith('kubernetes_config_map')) return 'config';
  return inherited;
}
