import { describe, expect, it } from 'vitest';
import { parseSpiffeId, spiffeIdText } from './spiffe-id';

describe('a SPIFFE ID', () => {
  it.each(['spiffe://mesh.example', 'spiffe://mesh.example/site/berlin/router-7', 'spiffe://a_b-c.0/X.Y_z-1', `spiffe://${'a'.repeat(255)}/x`])('%s is read and written back alike', (text) => {
    const parsed = parseSpiffeId(text);
    expect(parsed.ok && spiffeIdText(parsed.value)).toBe(text);
  });

  it.each([
    '', 'spiffe://', 'http://mesh.example/a', 'SPIFFE://mesh.example/a', 'spiffe:///a', 'spiffe://Mesh.example/a', 'spiffe://mesh.example:443/a', 'spiffe://user@mesh.example/a',
    'spiffe://mesh.example/', 'spiffe://mesh.example//a', 'spiffe://mesh.example/a/', 'spiffe://mesh.example/../a', 'spiffe://mesh.example/./a', 'spiffe://mesh.example/a?b', 'spiffe://mesh.example/a#b',
    'spiffe://mesh.example/%61', 'spiffe://mesh.example/ä', `spiffe://${'a'.repeat(256)}/x`, `spiffe://a/${'b'.repeat(2_048)}`,
  ])('%s is refused with a reason', (text) => {
    const parsed = parseSpiffeId(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.error.length).toBeGreaterThan(5);
  });
});
