/**
 * Is this text one statement that only reads? The SQL console asks before it sends anything. It is a clear
 * answer for people, not the lock: the statement also runs in a read-only transaction of a database whose
 * files, network and settings are closed.
 */
import { err, ok, type Result } from '@/engine/kernel';

export type StatementRefusal = { readonly code: 'empty' | 'several-statements' | 'not-read-only'; readonly message: string; readonly suggestion: string };

const READING = ['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE', 'PIVOT', 'UNPIVOT', 'SUMMARIZE', 'DESCRIBE', 'SHOW', 'EXPLAIN'];
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;|[A-Za-z_]\w*|[^\s]/g;

/** The statement without its trailing semicolon. */
export function checkStatement(sql: string): Result<string, StatementRefusal> {
  const tokens = [...sql.matchAll(TOKEN)].filter(([token]) => !token.startsWith('--') && !token.startsWith('/*'));
  const end = tokens.findIndex(([token]) => token === ';');
  const words = end < 0 ? tokens : tokens.slice(0, end);
  if (words.length === 0) return err({ code: 'empty', message: 'there is no statement', suggestion: 'Type a query, as in SELECT * FROM run.' });
  if (end >= 0 && tokens.slice(end).some(([token]) => token !== ';')) {
    return err({ code: 'several-statements', message: 'there is more than one statement', suggestion: 'Run them one by one: only one statement runs at a time.' });
  }
  const first = words.find(([token]) => token !== '(')?.[0].toUpperCase() ?? '';
  if (!READING.includes(first)) {
    return err({ code: 'not-read-only', message: `${first} does not only read`, suggestion: `Start with ${READING.slice(0, 4).join(', ')}, SUMMARIZE or DESCRIBE; the tables themselves are filled by the workbench.` });
  }
  return ok(end < 0 ? sql : sql.slice(0, tokens[end]!.index));
}
