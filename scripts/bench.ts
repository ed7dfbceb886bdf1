/** `npm run bench -- NAME [options]`: benches that need more than the command line's own process. They measure and assert no time. */
import { benchEventsEverywhere } from './bench/events';

const BENCHES: Readonly<Record<string, (argv: readonly string[]) => Promise<void>>> = {
  events: benchEventsEverywhere,
};

const [name = 'events', ...options] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  console.error(`There is no bench "${name}". Known: ${Object.keys(BENCHES).join(', ')}. Others: npm run --silent orrery -- bench --help`);
  process.exitCode = 2;
} else await bench(options);
