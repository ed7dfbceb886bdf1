import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMemoryGroup, chargePages, memoryTree, reclaim, releasePages, residentPages, setMemoryLimit, subtree, touchFolio, type MemoryTree } from '../index';

const action = fc.oneof(
  fc.record({ kind: fc.constant('grow' as const), group: fc.integer({ min: 1, max: 4 }), pages: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ kind: fc.constant('free' as const), group: fc.integer({ min: 1, max: 4 }), pages: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ kind: fc.constant('read' as const), group: fc.integer({ min: 1, max: 4 }), pages: fc.integer({ min: 1, max: 512 }) }),
  fc.record({ kind: fc.constant('limit' as const), group: fc.integer({ min: 1, max: 4 }), pages: fc.integer({ min: 200, max: 5_000 }) }),
  fc.record({ kind: fc.constant('reclaim' as const), group: fc.integer({ min: 0, max: 4 }), pages: fc.integer({ min: 1, max: 900 }) }),
);

function fourGroups(swap: number): MemoryTree {
  const tree = memoryTree(swap);
  const a = addMemoryGroup(tree, { name: 'a', limitPages: 3_000, minPages: 200 });
  addMemoryGroup(tree, { name: 'a/x', parent: a, limitPages: 1_000, lowPages: 300 });
  addMemoryGroup(tree, { name: 'a/y', parent: a });
  addMemoryGroup(tree, { name: 'b', limitPages: 800 });
  return tree;
}

test('no page is created or lost, and no charge exceeds a limit, whatever happens in which order', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), fc.integer({ min: 0, max: 500 }), (actions, swap) => {
      const tree = fourGroups(swap);
      actions.forEach(({ kind, group: id, pages }, key) => {
        const group = tree.groups[id]!;
        if (kind === 'grow') chargePages(tree, id, pages, 'anonPages');
        else if (kind === 'free') releasePages(tree, id, Math.min(pages, group.anonPages), 'anonPages');
        else if (kind === 'read') touchFolio(tree, id, key, pages, { nowUs: key, dirty: key % 3 === 0 });
        else if (kind === 'limit') setMemoryLimit(tree, id, pages, 'v1');
        else reclaim(tree, id, pages);
        for (const each of tree.groups) {
          const held = subtree(tree, each.id).reduce((sum, below) => sum + residentPages(below) + below.stockPages, 0);
          expect(each.chargedPages).toBe(held);
          expect(each.chargedPages).toBeLessThanOrEqual(each.limitPages);
          expect(each.pagesCharged - each.pagesUncharged).toBe(residentPages(each) + each.stockPages);
          expect(each.filePages).toBe(each.folios.reduce((sum, folio) => sum + folio.pages, 0));
        }
        expect(tree.swapFreePages + tree.groups.reduce((sum, each) => sum + each.swapPages, 0)).toBe(swap);
      });
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
});
