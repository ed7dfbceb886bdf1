/**
 * `exp`, `log` and `pow` built from + − × ÷ only. ECMAScript leaves the last digits of `Math.exp` and
 * friends to each engine, so a world that used them would hash differently in another browser.
 *
 * Errors, measured in math.test.ts against V8: `log` and `exp` within 2 ulp; `pow` within
 * (2 + |y·ln x|) ulp, because it is exp(y·ln x) without extended precision.
 */
const LN2_HIGH = 0.693147180369123816490; // ln 2 with the low 32 bits cleared: k·LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT_HALF = 0.70710678118654752440;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer); // little-endian: words[1] holds sign, exponent, top mantissa
const HIGH = 1;

/** Natural logarithm. NaN below zero, −Infinity at zero. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  float[0] = x;
  if (words[HIGH]! < 0x00100000) {
    float[0] = x * 18014398509481984; // subnormal: scale by 2^54
    exponent = -54;
  }
  exponent += (words[HIGH]! >>> 20) - 1022;
  words[HIGH] = (words[HIGH]! & 0x000fffff) | 0x3fe00000;
  let mantissa = float[0]!; // in [0.5, 1)
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2·atanh(s), s = (m−1)/(m+1), |s| < 0.1716
  const f = mantissa - 1;
  const s = f / (mantissa + 1);
  const z = s * s;
  const tail =
    z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z / 21)))))))));
  // 2s = f − s·f, which keeps the leading term exact
  return exponent * LN2_HIGH + (f - (s * f - (2 * s * tail + exponent * LN2_LOW)));
}

/** e^x. 0 below −745, Infinity above 709.78. */
export function exp(x: number): number {
  if (!(x < 709.782712893384)) return x > 0 ? Infinity : NaN;
  if (x < -745.2) return 0;
  const k = Math.round(x / 0.6931471805599453);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const series =
    r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r / 479001600))))))))));
  const value = 1 + (high - (low - series));
  return k < -1021 ? scaleByPowerOfTwo(value, k + 54) * 5.551115123125783e-17 : scaleByPowerOfTwo(value, k);
}

/** x^y for x ≥ 0 (NaN for negative x). */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

function scaleByPowerOfTwo(value: number, k: number): number {
  if (k > 1023) return value * 2 * scaleByPowerOfTwo(1, k - 1);
  float[0] = 0;
  words[HIGH] = (k + 1023) << 20;
  return value * float[0]!;
}
