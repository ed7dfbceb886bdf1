import { describe, expect, test } from 'vitest';
import type { Node } from '../api/node';
import { nodeSelectorMatcher } from './node-affinity';
import { isLabelKey, labelSelectorOf, requirementOf, selects } from './selector';

const node = (labels: Record<string, string>, name = 'n'): Node => ({ name, labels, allocatable: {} });
const required = (...terms: object[]) => nodeSelectorMatcher({ nodeSelectorTerms: terms });
const expression = (key: string, operator: string, ...values: string[]) => ({ matchExpressions: [{ key, operator, values }] });

describe('label selectors', () => {
  test('absent selects nothing, empty selects everything', () => {
    expect([labelSelectorOf(null), labelSelectorOf({})].map((selector) => selects(selector!, {}))).toEqual([false, true]);
  });

  test('labels named like members of every object are only labels', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(selects(labelSelectorOf({ matchExpressions: [{ key, operator: 'Exists' }] })!, {}), key).toBe(false);
      expect(selects(labelSelectorOf({ matchLabels: { [key]: 'x' } })!, { [key]: 'x' }), key).toBe(true);
    }
  });

  test('what the API would refuse is not a requirement', () => {
    for (const [operator, values] of [['In', []], ['NotIn', []], ['Exists', ['x']], ['DoesNotExist', ['x']], ['Gt', []], ['Gt', ['1', '2']], ['Gt', ['1.5']], ['Lt', ['9223372036854775808']], ['in', ['x']], ['', []]] as const) {
      expect(requirementOf({ key: 'k', operator, values }), `${operator} ${values.join()}`).toBeNull();
    }
    for (const value of ['-x', 'x-', 'a b', 'é', 'x'.repeat(64)]) expect(requirementOf({ key: 'k', operator: 'NotIn', values: [value] }), value).toBeNull();
    expect(labelSelectorOf({ matchExpressions: [{ key: 'k', operator: 'Gt', values: ['1'] }] })).toBeNull();
  });

  test('keys are qualified names', () => {
    for (const key of ['a', 'a.b/c-d_e', 'kubernetes.io/hostname', 'x'.repeat(63)]) expect(isLabelKey(key), key).toBe(true);
    for (const key of ['', '/', 'a/', '/a', 'a/b/c', 'A.b/c', '-a', 'a b', 'x'.repeat(64), `${'a'.repeat(254)}/b`]) expect(isLabelKey(key), key).toBe(false);
  });
});

describe('node selector terms', () => {
  test('an empty list matches nothing, an absent selector everything, an empty term nothing', () => {
    expect([required()(node({})), nodeSelectorMatcher(null)(node({})), required({})(node({})), nodeSelectorMatcher({ nodeSelectorTerms: null })(node({}))]).toEqual([false, true, false, false]);
  });

  test('an invalid term never matches, even where it would exclude; the others still do', () => {
    expect(required(expression('k', 'NotIn', 'not a label'))(node({}))).toBe(false);
    expect(required(expression('k', 'NotIn', 'not a label'), expression('k', 'DoesNotExist'))(node({}))).toBe(true);
  });

  test('Gt and Lt compare 64-bit integers', () => {
    const big = '9007199254740993';
    expect(required(expression('v', 'Gt', '9007199254740992'))(node({ v: big }))).toBe(true);
    expect(required(expression('v', 'Lt', big))(node({ v: '9007199254740992' }))).toBe(true);
    expect(required(expression('v', 'Gt', '5'))(node({ v: 'many' }))).toBe(false);
    expect(required(expression('v', 'Gt', '6'))(node({ v: '0007' }))).toBe(true);
    expect(required(expression('v', 'Gt', '-1'))(node({ v: '7' })), 'a negative bound is no label value').toBe(false);
    expect(required(expression('v', 'Lt', '5'))(node({}))).toBe(false);
  });

  test('fields know the name of a node, by In and NotIn of one value', () => {
    const field = (operator: string, ...values: string[]) => required({ matchFields: [{ key: 'metadata.name', operator, values }] });
    expect([field('In', 'n')(node({})), field('NotIn', 'n')(node({})), field('In', 'n', 'm')(node({})), field('Exists')(node({}))]).toEqual([true, false, false, false]);
  });
});
