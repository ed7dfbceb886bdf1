/** UTF-8 without a platform API (the engine has no TextEncoder). */

/** The bytes of a text; a lone surrogate becomes U+FFFD, as in TextEncoder. */
export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  const put = (byte: number) => (bytes[length++] = byte);
  const continued = (code: number, shift: number) => put(0x80 | ((code >> shift) & 63));
  for (let i = 0; i < text.length; i += 1) {
    const code = scalarAt(text, i);
    if (code > 0xffff) i += 1;
    if (code < 0x80) {
      put(code);
      continue;
    }
    if (code < 0x800) put(0xc0 | (code >> 6));
    else if (code < 0x10000) put(0xe0 | (code >> 12));
    else put(0xf0 | (code >> 18));
    if (code >= 0x10000) continued(code, 12);
    if (code >= 0x800) continued(code, 6);
    continued(code, 0);
  }
  return bytes.slice(0, length);
}

function scalarAt(text: string, index: number): number {
  const code = text.codePointAt(index)!;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}
