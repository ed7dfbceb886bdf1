/**
 * `exp`, `log` and `pow` built from + − × ÷ only. ECMAScript leaves the last digits of `Math.exp` and
 * friends to each engine, so a world that used them would hash differently in another browser.
 *
 * Method and minimax coefficients of `log` and `exp` are those of fdlibm 5.3 (Sun Microsystems, 1993),
 * e_log.c and e_exp.c: both within 1 ulp. `pow` is exp(y·ln x) without extended precision, so its error
 * grows to (2 + 2·|y·ln x|) ulp. All three are measured in math.test.ts.
 */
const LN2_HIGH = 0.693147180369123816490; // ln 2 with the low 32 bits cleared: k·LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.90821492927058770002e-10;
const HIGH_WORD_OF_ONE = 0x3ff00000;
const HIGH_WORD_OF_SQRT_HALF = 0x3fe6a09e;

const float = new Float64Array(1);
const highWord = new Int32Array(float.buffer).subarray(1); // little-endian: sign, exponent, top of the mantissa

/** 2^(1023 − i): scaling by a looked-up power is exact, and cheaper than writing an exponent into memory. */
const POWERS = new Float64Array(2_048).fill(2 ** 1023);
for (let i = 1; i < POWERS.length; i += 1) POWERS[i] = POWERS[i - 1]! / 2;
const powerOfTwo = (k: number) => POWERS[1_023 - k]!;

/** Natural logarithm. NaN below zero, −Infinity at zero. */
export function log(x: number): number {
  if (x < 2.2250738585072014e-308) return x > 0 ? log(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW : x === 0 ? -Infinity : NaN;
  if (!(x < Infinity)) return x;
  float[0] = x;
  const k = ((highWord[0]! + (HIGH_WORD_OF_ONE - HIGH_WORD_OF_SQRT_HALF)) >> 20) - 1_023;
  const f = x * powerOfTwo(-k) - 1; // x = 2^k·(1+f), √½ ≤ 1+f < √2
  const s = f / (2 + f); // ln(1+f) = 2·atanh(s) = f − s·(f − tail)
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + odd + even) + k * LN2_LOW) - f);
}

/** e^x. 0 below −745.13, Infinity above 709.78. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : NaN;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x * 1.44269504088896338700);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low; // e^x = 2^k·e^r, |r| ≤ ½ ln 2
  const z = r * r;
  const c = r - z * (1.66666666666666019037e-1 + z * (-2.77777777770155933842e-3 + z * (6.61375632143793436117e-5 + z * (-1.65339022054652515390e-6 + z * 4.13813679705723846039e-8))));
  const mantissa = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1_023) return mantissa * 2 * powerOfTwo(1_023);
  return k < -1_021 ? mantissa * powerOfTwo(k + 54) * powerOfTwo(-54) : mantissa * powerOfTwo(k);
}

/** x^y for x ≥ 0 (NaN for negative x). */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return y > 0 ? 0 : y < 0 ? Infinity : NaN;
  return exp(y * log(x));
}
