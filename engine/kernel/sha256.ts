/**
 * SHA-256 (FIPS 180-4) of UTF-8 text: the digest that names a plan, computed the same way in a browser,
 * a worker and the server without waiting for a platform API.
 */
import { utf8 } from './utf8';

const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
};

/** First 32 fractional bits of a root, found by integer bisection: no float power decides a constant. */
function fractionalRootBits(n: number, degree: 2 | 3): number {
  let low = 0n;
  let high = BigInt(n) << 32n;
  const target = BigInt(n) << BigInt(32 * degree);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if ((degree === 2 ? middle * middle : middle * middle * middle) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const ROUND = Int32Array.from(primes(64), (p) => fractionalRootBits(p, 3));
const START = Int32Array.from(primes(8), (p) => fractionalRootBits(p, 2));

/** Sixty-four hex digits. A lone surrogate counts as U+FFFD, as in TextEncoder. */
export const sha256 = (text: string) => sha256Bytes(utf8(text));

/** Sixty-four hex digits of bytes as they are, as `sha256sum` prints them for a file. */
export function sha256Bytes(message: Uint8Array): string {
  const bytes = padded(message);
  const hash = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    expandSchedule(w, bytes, block);
    compress(hash, w);
  }
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by));

function expandSchedule(w: Int32Array, bytes: Uint8Array, block: number): void {
  for (let i = 0; i < 16; i += 1) {
    const at = block + 4 * i;
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
}

/** The eight working variables a…h stand in a ring of words, so that a round moves an index and not seven words. */
function compress(hash: Int32Array, w: Int32Array): void {
  const ring = hash.slice();
  for (let i = 0; i < 64; i += 1) {
    const a = ring[-i & 7]!;
    const b = ring[(1 - i) & 7]!;
    const c = ring[(2 - i) & 7]!;
    const e = ring[(4 - i) & 7]!;
    const choice = (e & ring[(5 - i) & 7]!) ^ (~e & ring[(6 - i) & 7]!);
    const t1 = (ring[(7 - i) & 7]! + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + ROUND[i]! + w[i]!) | 0;
    ring[(3 - i) & 7] = ring[(3 - i) & 7]! + t1;
    ring[(7 - i) & 7] = t1 + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
  }
  for (let i = 0; i < 8; i += 1) hash[i] = hash[i]! + ring[i]!;
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  out.set(bytes);
  out[bytes.length] = 0x80;
  let bits = bytes.length * 8;
  for (let i = out.length - 1; bits > 0; i -= 1, bits = Math.floor(bits / 256)) out[i] = bits % 256;
  return out;
}
