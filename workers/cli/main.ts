/** The command line: `npm run --silent orrery -- COMMAND …`. A shell: the commands are in `command-table.ts`. */
import { COMMANDS } from './command-table';
import { endOnBrokenPipe, flushed, streamIo } from './io';
import { runCli } from './run-cli';

endOnBrokenPipe(process.stdout, process.stderr);
const code = await runCli(COMMANDS, process.argv.slice(2), streamIo(process.stdin, process.stdout, process.stderr));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(code);
