/** Numbers as metric formats write them. `Number()` alone would take '', ' ', '0x10' and '1_0' differently than they do. */
const DECIMAL = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;

/** A decimal number, NaN or ±Inf(inity) in any case; null for anything else. */
export function parseNumberText(text: string): number | null {
  if (DECIMAL.test(text)) return Number(text);
  switch (text.toLowerCase()) {
    case 'nan':
      return NaN;
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Infinity;
    case '-inf':
    case '-infinity':
      return -Infinity;
    default:
      return null;
  }
}

/** Why a parsed value cannot be a sample; null when it can. */
export const valueFault = (value: number | null) => (value === null ? 'malformed' : Number.isNaN(value) ? 'not-a-number' : Number.isFinite(value) ? null : 'infinite');
