/**
 * Every command of the program, one line each; the module behind a line is loaded only when it is run, so
 * `--help` stays quick and one command's packages never slow another down.
 */
import type { Command } from './command';

export type CommandEntry = { readonly name: string; readonly summary: string; load(): Promise<{ readonly command: Command }> };

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'bench events', summary: 'events per second of the kernel, on M/M/1 stations', load: () => import('./commands/bench-events') },
];
