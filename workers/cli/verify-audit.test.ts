import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyAudit } from './verify-audit';

/** A log as the server exports it. */
function logOf(count: number): string[] {
  let prev = '0'.repeat(64);
  const lines = Array.from({ length: count }, (_, index) => {
    const entry = `{"actor":"operator","atUs":${index},"detail":{"n":${index}},"id":null,"index":${index},"kind":"loop-turn","planId":null}`;
    const hash = createHash('sha256').update(prev + entry).digest('hex');
    const line = `{"entry":${JSON.stringify(entry)},"hash":"${hash}","index":${index},"prev":"${prev}"}`;
    prev = hash;
    return line;
  });
  return [...lines, `{"head":"${prev}","leaves":${count}}`];
}
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

describe('an exported audit log', () => {
  test('verifies as it was written, also when empty', () => {
    expect(verifyAudit(text(logOf(5)))).toMatchObject({ ok: true, leaves: 5, firstBad: null });
    expect(verifyAudit(text(logOf(0)))).toMatchObject({ ok: true, leaves: 0 });
  });

  test('fails for every single flipped character', () => {
    const whole = text(logOf(3));
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = String.fromCharCode(whole.charCodeAt(at) ^ 1);
      expect(verifyAudit(whole.slice(0, at) + flipped + whole.slice(at + 1)).ok, `character ${at}`).toBe(false);
    }
  });

  test('fails for dropped, swapped, duplicated and cut-off leaves, and names the first bad one', () => {
    const lines = logOf(4);
    expect(verifyAudit(text(lines.filter((_, i) => i !== 1)))).toMatchObject({ ok: false, firstBad: 1 });
    expect(verifyAudit(text([lines[0]!, lines[2]!, lines[1]!, lines[3]!, lines[4]!]))).toMatchObject({ ok: false, firstBad: 1 });
    expect(verifyAudit(text([lines[0]!, lines[0]!, ...lines.slice(1)]))).toMatchObject({ ok: false, firstBad: 1 });
    expect(verifyAudit(text(lines.slice(0, 3))).ok).toBe(false);
    expect(verifyAudit(text([...lines.slice(0, 3), lines[4]!])).ok).toBe(false);
    for (const junk of ['', '\n', '[]\n', 'null\n', '{}\n', '\u0000', '{"leaves":0}\n']) expect(verifyAudit(junk).ok).toBe(false);
  });
});
