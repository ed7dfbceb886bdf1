/**
 * SHA-256 (FIPS 180-4) of UTF-8 text: the digest that names a plan, computed the same way in a browser,
 * a worker and the server without waiting for a platform API.
 */
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

/** Sixty-four hex digits. */
export function sha256(text: string): string {
  const bytes = padded(utf8(text));
  const hash = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) compress(hash, w, bytes, block);
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by));

function compress(hash: Int32Array, w: Int32Array, bytes: Uint8Array, block: number): void {
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
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = hash[i]! + word));
}

function padded(bytes: number[]): Uint8Array {
  const out = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  out.set(bytes);
  out[bytes.length] = 0x80;
  let bits = bytes.length * 8;
  for (let i = out.length - 1; bits > 0; i -= 1, bits = Math.floor(bits / 256)) out[i] = bits % 256;
  return out;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const c = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code; // a lone surrogate has no UTF-8
    if (c < 0x80) bytes.push(c);
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return bytes;
}
