/**
 * Kubernetes quantities ("250m", "1.5", "512Mi", "1e3", "2G") as exact integers in a chosen smallest unit.
 *
 * Rounded up to that unit, as the API server does. The arithmetic is done on BigInt, because "9E" of
 * anything is above 2^53; a value that does not fit a safe integer is refused instead of being rounded.
 */
import { err, ok, type Result } from '@/engine/kernel';

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E'];
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,3})?$/;
const LONGEST = 64;

export type QuantityRefusal = { readonly code: 'not-a-quantity' | 'too-large'; readonly text: string };

/** `perUnit` is how many smallest units make one: 1000 for millicores, 1 for bytes. */
export function parseQuantity(text: string | number, perUnit: 1 | 1000): Result<number, QuantityRefusal> {
  const trimmed = String(text).trim();
  const match = trimmed.length > LONGEST ? null : QUANTITY.exec(trimmed);
  if (match === null) return err({ code: 'not-a-quantity', text: trimmed.slice(0, LONGEST) });
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return err({ code: 'not-a-quantity', text: trimmed });
  const scale = scaleOf(suffix);
  let top = BigInt(whole + fraction) * scale.top * BigInt(perUnit);
  const bottom = scale.bottom * 10n ** BigInt(fraction.length);
  if (sign === '-') top = -top;
  const units = top >= 0n ? (top + bottom - 1n) / bottom : top / bottom;
  const value = Number(units);
  return Number.isSafeInteger(value) ? ok(value) : err({ code: 'too-large', text: trimmed });
}

function scaleOf(suffix: string): { readonly top: bigint; readonly bottom: bigint } {
  if (suffix === '') return { top: 1n, bottom: 1n };
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) return { top: 1024n ** BigInt(binary + 1), bottom: 1n };
  const decimal = DECIMAL.indexOf(suffix);
  if (decimal >= 0) return { top: 1000n ** BigInt(decimal + 1), bottom: 1n };
  const small = ['m', 'u', 'n'].indexOf(suffix);
  if (small >= 0) return { top: 1n, bottom: 1000n ** BigInt(small + 1) };
  const exponent = Number(suffix.slice(1));
  return exponent >= 0 ? { top: 10n ** BigInt(exponent), bottom: 1n } : { top: 1n, bottom: 10n ** BigInt(-exponent) };
}
