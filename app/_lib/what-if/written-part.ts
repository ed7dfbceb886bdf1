/** Faults and commands that a few names and amounts cannot say, in an address: as JSON, escaped. Read back as strictly as a scenario is. */
import { COMMAND_KINDS, readCommand, readFault, specReader, type Command, type FaultKind, type SystemSpec } from '@/engine/twin';

export const WRITTEN = 'written';

/** `*` separates what an address holds, so it is escaped too. */
export const encodeWritten = (part: FaultKind | Command) => `${WRITTEN}*${encodeURIComponent(JSON.stringify(part)).replaceAll('*', '%2A')}`;

/** The error is a sentence for whoever opened the link. */
export function decodeWritten(text: string, system: SystemSpec): { readonly fault: FaultKind } | { readonly command: Command } | string {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not readable';
  const isCommand = COMMAND_KINDS.some((kind) => 'kind' in value && value.kind === kind);
  const at = specReader(isCommand ? value : { ...value, atSeconds: 0 });
  const part = isCommand ? { command: readCommand(at) } : { fault: withoutTimes(readFault(at, system)) };
  const [issue] = at.issues;
  return issue === undefined ? part : `${issue.path}: ${issue.message}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return null;
  }
}

function withoutTimes({ atSeconds: _at, lastsSeconds: _lasts, ...fault }: ReturnType<typeof readFault>): FaultKind {
  return fault;
}
