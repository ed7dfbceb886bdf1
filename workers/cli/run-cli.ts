/** From words to a command to an exit code. Names have one word or two; the longest match wins. */
import { InvariantError } from '@/engine/kernel';
import { BadInput } from './bad-input';
import type { CommandEntry } from './command-table';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';

/** Runs one command line; never throws: bad input and our own bugs become a sentence and an exit code. */
export async function runCli(table: readonly CommandEntry[], argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(table, argv, io);
  } catch (error) {
    if (error instanceof BadInput) {
      for (const sentence of error.sentences) io.progress(sentence);
      return EXIT.badInput;
    }
    const broken = error instanceof InvariantError ? 'the engine found itself wrong' : 'the program failed';
    io.progress(`This is a bug, not your input: ${broken}. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.engineError;
  }
}

async function dispatch(table: readonly CommandEntry[], argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, second] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    await io.text(listing(table));
    return first === undefined ? EXIT.badInput : EXIT.ok;
  }
  const entry = table.find(({ name }) => name === `${first} ${second}`) ?? table.find(({ name }) => name === first);
  if (entry !== undefined) {
    const { command } = await entry.load();
    return command.run(entry.name, argv.slice(entry.name.split(' ').length), io);
  }
  const group = table.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0 && (second === '--help' || second === '-h')) {
    await io.text(listing(group));
    return EXIT.ok;
  }
  const known = (group.length > 0 ? group : table).map(({ name }) => name).join(', ');
  const asked = group.length > 0 && second !== undefined ? `${first} ${second}` : first;
  throw new BadInput(`There is no command "${asked}". Known: ${known}.`);
}

function listing(table: readonly CommandEntry[]): string {
  const width = Math.max(...table.map(({ name }) => name.length)) + 2;
  return [
    'Usage: npm run --silent orrery -- COMMAND [options]',
    '',
    'Commands (each has --help):',
    ...table.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Results are JSON on stdout, progress is on stderr.',
    'Exit codes: 0 ok, 1 assertion failed, 2 bad input, 3 engine error, 4 needs approval.',
    '',
  ].join('\n');
}
