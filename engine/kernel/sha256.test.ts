import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256';
import { utf8 } from './utf8';

const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

// FIPS 180-4 examples.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
])('the digest of "%s" is the published one', (text, digest) => {
  expect(sha256(text)).toBe(digest);
});

test('every length around the block borders gives the digest of node:crypto', () => {
  for (let length = 0; length <= 260; length += 1) expect(sha256('a'.repeat(length))).toBe(byNode('a'.repeat(length)));
});

test('any text gives the digest of node:crypto, lone surrogates included', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)));
  fc.assert(fc.property(text, (t) => sha256(t) === byNode(t)), { seed: 9, numRuns: 1_000 });
});

test('a million characters give the published digest', () => {
  expect(sha256('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test('UTF-8 bytes are those of TextEncoder', () => {
  for (const text of ['', 'aé€𝄞', '\ud800', '\ud800\ud800\udc00', '\udc00x', '\u07ff\u0800\uffff']) expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
});
