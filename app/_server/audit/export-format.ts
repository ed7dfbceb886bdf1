/**
 * The exported log: one leaf per line (`index`, `prev`, `entry` as text, `hash`), and a last line with the
 * head. Reading it back tells a damaged file from a good one line by line.
 */
import { canonicalJson } from '@/engine/kernel';
import type { AuditLeaf } from './audit-entry';
import { verifyChain, type AuditHead, type ChainVerdict } from './verify-chain';

export const leafLine = ({ index, prev, entry, hash }: AuditLeaf): string => `${canonicalJson({ index, prev, entry, hash })}\n`;
export const headLine = ({ leaves, head }: AuditHead): string => `${canonicalJson({ leaves, head })}\n`;

export function verifyExport(text: string): ChainVerdict {
  const lines = text.split('\n');
  if (lines.pop() !== '') return broken(lines.length, 'the file does not end in a line break: it is cut');
  const leaves: AuditLeaf[] = [];
  for (const [at, line] of lines.entries()) {
    const value = parseLine(line);
    if (value === null) return broken(at, 'the line is neither a leaf nor a head in canonical JSON');
    if ('leaves' in value) return at === lines.length - 1 ? verifyChain(leaves, value) : broken(at, 'the head is not the last line');
    leaves.push(value);
  }
  return broken(lines.length, 'the file has no head line: it is cut');
}

const broken = (at: number, why: string): ChainVerdict => ({ ok: false, leaves: at, head: '', firstBad: at, why });

function parseLine(line: string): AuditLeaf | AuditHead | null {
  try {
    const value = JSON.parse(line) as Partial<Record<'index' | 'prev' | 'entry' | 'hash' | 'leaves' | 'head', unknown>>;
    if (canonicalJson(value) !== line) return null;
    const { index, prev, entry, hash, leaves, head } = value;
    if (typeof leaves === 'number' && typeof head === 'string') return { leaves, head };
    const isLeaf = typeof index === 'number' && typeof prev === 'string' && typeof entry === 'string' && typeof hash === 'string';
    return isLeaf ? { index, prev, entry, hash } : null;
  } catch {
    return null;
  }
}
