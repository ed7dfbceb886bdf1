import { describe, expect, test } from 'vitest';
import { changeWords, flipWords, inOrder, outcomeWords } from './placement-words';

describe('the scheduler in plain words', () => {
  test('amounts carry their units, names lose their namespace', () => {
    expect(changeWords({ kind: 'lower-request', resource: 'memory', by: 1_500_000 })).toBe('ask for 2 MiB less');
    expect(changeWords({ kind: 'remove-pods', names: ['default/web-1', 'default/web-2'] })).toBe('move web-1, web-2 away');
    expect(flipWords({ changes: [{ kind: 'uncordon', node: 'a' }, { kind: 'prefer-node', node: 'a', weight: 3 }] })).toBe('uncordon a, then prefer a with weight 3');
    expect([flipWords(null), flipWords({ changes: [] })]).toEqual([null, 'as good: drawn by lot']);
  });

  test('a node that lost says by how much and for what, one that refuses says why', () => {
    expect(outcomeWords({ node: 'a', outcome: 'outscored', total: 400, scores: [], behindBy: 12, decisivePlugin: 'PodTopologySpread', flip: null })).toBe('400 points, 12 behind, most of them for spread of the replicas.');
    expect(outcomeWords({ node: 'a', outcome: 'refused', refusals: [{ verdict: 'never', filter: 'NodeUnschedulable', reason: 'the node is cordoned' }], flip: null })).toBe('The node is cordoned.');
  });

  test('the chosen node comes first, then the nearest', () => {
    const lost = (node: string, behindBy: number) => ({ node, outcome: 'outscored', total: 1, scores: [], behindBy, decisivePlugin: 'NodeResourcesFit', flip: null }) as const;
    const order = inOrder([{ node: 'z', outcome: 'refused', refusals: [], flip: null }, lost('far', 30), lost('near', 2), { node: 'won', outcome: 'chosen', total: 3, scores: [] }]);
    expect(order.map(({ node }) => node)).toEqual(['won', 'near', 'far', 'z']);
  });
});
