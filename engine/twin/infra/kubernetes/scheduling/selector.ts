/**
 * Label selectors, checked once and matched often. A selector that the API machinery would not accept (an
 * operator with the wrong number of values, a value that cannot be a label) is `null`, and each caller says
 * what that means: upstream differs between plugins.
 *
 * Numbers behind Gt and Lt are int64 upstream, so they are compared as BigInt.
 */
import type { LabelSelector, Labels, SelectorRequirement } from '../api/labels';
import { labelOf } from '../api/labels';

export type Requirement = { readonly key: string; readonly operator: string; readonly values: readonly string[]; readonly bound: bigint | null };
/** `nothing` matches no object; otherwise all requirements must hold, and none matches every object. */
export type Selector = { readonly nothing: boolean; readonly requirements: readonly Requirement[] };

export const NOTHING: Selector = { nothing: true, requirements: [] };
export const EVERYTHING: Selector = { nothing: false, requirements: [] };

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const INTEGER = /^[+-]?\d{1,19}$/;
const INT64_MAX = 2n ** 63n - 1n;

const isLabelValue = (value: string) => value.length <= 63 && LABEL_VALUE.test(value);

export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const prefixFits = slash < 0 || (slash <= 253 && DNS_SUBDOMAIN.test(key.slice(0, slash)));
  return prefixFits && name.length <= 63 && LABEL_NAME.test(name);
}

export function int64Of(text: string): bigint | null {
  if (!INTEGER.test(text)) return null;
  const value = BigInt(text.replace('+', ''));
  return value > INT64_MAX || value < -INT64_MAX - 1n ? null : value;
}

/** One requirement; null when the API machinery would refuse it. */
export function requirementOf({ key, operator, values: given }: SelectorRequirement): Requirement | null {
  const values = given ?? [];
  if (!isLabelKey(key) || !values.every(isLabelValue)) return null;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? null : { key, operator, values, bound: null };
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? { key, operator, values, bound: null } : null;
    case 'Gt':
    case 'Lt': {
      const bound = values.length === 1 ? int64Of(values[0]!) : null;
      return bound === null ? null : { key, operator, values, bound };
    }
    default:
      return null;
  }
}

/** A label selector: absent selects nothing, empty selects everything, invalid is null. Gt and Lt are for nodes only. */
export function labelSelectorOf(selector: LabelSelector | null | undefined): Selector | null {
  if (selector === null || selector === undefined) return NOTHING;
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  const expressions = selector.matchExpressions ?? [];
  if (expressions.some(({ operator }) => operator === 'Gt' || operator === 'Lt')) return null;
  return allOf([...labels, ...expressions]);
}

/** All of these must hold; null when one of them is invalid. */
export function allOf(expressions: readonly SelectorRequirement[]): Selector | null {
  const requirements: Requirement[] = [];
  for (const expression of expressions) {
    const requirement = requirementOf(expression);
    if (requirement === null) return null;
    requirements.push(requirement);
  }
  return { nothing: false, requirements };
}

export function selects(selector: Selector, labels: Labels): boolean {
  if (selector.nothing) return false;
  for (const requirement of selector.requirements) if (!holds(requirement, labels)) return false;
  return true;
}

export function holds({ key, operator, values, bound }: Requirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default: {
      const number = value === undefined ? null : int64Of(value);
      if (number === null || bound === null) return false;
      return operator === 'Gt' ? number > bound : number < bound;
    }
  }
}

/** `selector` AND the given labels; on a selector that selects nothing, the labels alone decide (as upstream). */
export const withLabels = (selector: Selector, labels: Labels): Selector => ({
  nothing: false,
  requirements: [...Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value], bound: null })), ...selector.requirements],
});
