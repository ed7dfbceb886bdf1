import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { memoryDatabase } from '../database/testing/memory-database';
import type { OpenDatabase } from '../database/database';
import { gatewayTransaction } from '../gateway/gateway-transaction';
import { gatewayBench } from '../gateway/testing/bench';
import { appendLeaf } from './append-leaf';
import { AUDIT_GENESIS, leafHash, makeLeaf, type AuditLeaf } from './audit-entry';
import { verifyExport } from './export-format';
import { exportAudit, verifyLog } from './read-log';
import { verifyChain } from './verify-chain';

const LEAVES = 12;
const chain: AuditLeaf[] = [];
for (let index = 0; index < LEAVES; index += 1) {
  chain.push(makeLeaf(chain.at(-1)?.hash ?? AUDIT_GENESIS, { index, atUs: 1_000 * index, kind: 'plan-moved', actor: 'ada', id: `p${index % 3}`, planId: null, detail: { to: 'approved', n: index } }));
}
const head = { leaves: LEAVES, head: chain.at(-1)!.hash };
const verdictOf = (leaves: readonly AuditLeaf[]) => verifyChain(leaves, head);

test('an untouched chain verifies', () => expect(verdictOf(chain)).toEqual({ ok: true, leaves: LEAVES, head: head.head, firstBad: null, why: null }));
test('an empty log with an empty head verifies', () => expect(verifyChain([], { leaves: 0, head: AUDIT_GENESIS })).toMatchObject({ ok: true }));

test.each(Array.from({ length: LEAVES }, (_, at) => at))('leaf %i cannot be dropped', (at) => {
  expect(verdictOf(chain.toSpliced(at, 1))).toMatchObject({ ok: false, firstBad: at });
});
test.each(Array.from({ length: LEAVES }, (_, at) => at))('leaf %i cannot be said twice', (at) => {
  expect(verdictOf(chain.toSpliced(at, 0, chain[at]!))).toMatchObject({ ok: false, firstBad: at + 1 });
});
test('leaves cannot be swapped', () => {
  const swapped = chain.with(4, chain[5]!).with(5, chain[4]!);
  expect(verdictOf(swapped)).toMatchObject({ ok: false, firstBad: 4 });
});
test('the end cannot be cut off', () => expect(verdictOf(chain.slice(0, -1))).toMatchObject({ ok: false, firstBad: LEAVES - 1 }));
test('the end cannot be grown without the head', () => {
  const more = makeLeaf(chain.at(-1)!.hash, { index: LEAVES, atUs: 0, kind: 'outcome', actor: 'x', id: null, planId: null, detail: {} });
  expect(verdictOf([...chain, more])).toMatchObject({ ok: false, firstBad: LEAVES });
});
test('a leaf cannot be rewritten, even with its own hash made again', () => {
  const entry = chain[3]!.entry.replace('approved', 'rejected');
  expect(verdictOf(chain.with(3, { ...chain[3]!, entry, hash: leafHash(chain[3]!.prev, entry) }))).toMatchObject({ ok: false, firstBad: 4 });
});
test('the rest cannot be relinked behind a rewritten leaf without the head', () => {
  const forged = chain.slice(0, 3);
  for (const leaf of chain.slice(3)) forged.push(makeLeaf(forged.at(-1)!.hash, { ...(JSON.parse(leaf.entry) as Parameters<typeof makeLeaf>[1]), actor: 'mallory' }));
  expect(verdictOf(forged)).toMatchObject({ ok: false, why: 'the last leaf is not the head' });
});

let open: OpenDatabase;
let text = '';
beforeAll(async () => {
  open = await memoryDatabase();
  const { ports } = gatewayBench({ db: open.db });
  for (let n = 0; n < 600; n += 1) {
    await gatewayTransaction(ports, ({ tx, nowUs }) => appendLeaf(tx, { atUs: nowUs, kind: 'loop-turn', actor: 'ada', id: null, planId: null, detail: { n, text: 'ÄÖ — “quoted”' } }));
  }
  for await (const piece of exportAudit(open.db)) text += piece;
});
afterAll(() => open.close());

test('the log and its export verify over several pages', async () => {
  expect(await verifyLog(open.db)).toMatchObject({ ok: true, leaves: 600 });
  expect(verifyExport(text)).toMatchObject({ ok: true, leaves: 600 });
});

test('an export with any one byte flipped does not verify', () => {
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ mask;
      return !verifyExport(flipped.toString()).ok;
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('an export that was cut anywhere does not verify', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => !verifyExport(text.slice(0, end)).ok),
    { seed: 8, numRuns: 60 },
  );
});

test.each(['', '\n', 'x\n', '{}\n', '[]\n', 'null\n', '{"leaves":0}\n'])('a file that is no log does not verify: %j', (file) => expect(verifyExport(file).ok).toBe(false));

test('rows that came in past the trigger are found', async () => {
  await open.db.execute("INSERT INTO audit_leaves (index, prev, entry, hash) VALUES (600, 'x', '{}', 'y')");
  expect(await verifyLog(open.db)).toMatchObject({ ok: false, firstBad: 600 });
});
