/**
 * One command: its words for `--help`, its options for node:util `parseArgs`, and what it does. `values` and
 * `positionals` arrive checked: unknown options, missing values and a wrong number of arguments never reach
 * `run`. To add a command, write `commands/NAME.ts` exporting `command` and add a line to `command-table.ts`.
 */
import { parseArgs } from 'node:util';
import { BadInput } from './bad-input';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';

export type OptionSpec = {
  readonly type: 'string' | 'boolean';
  /** What it means; shown by --help. */
  readonly help: string;
  /** Name of its value in --help, such as N or FILE. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly default?: string | boolean;
};
type OptionSpecs = { readonly [name: string]: OptionSpec };

type ParsedValue<S extends OptionSpec> = S['type'] extends 'boolean' ? boolean : string;
type Parsed<S extends OptionSpec> = S extends { multiple: true } ? ParsedValue<S>[] : ParsedValue<S>;
export type Values<O extends OptionSpecs> = { readonly [K in keyof O]: O[K] extends { default: string | boolean } ? Parsed<O[K]> : Parsed<O[K]> | undefined };

export type CommandSpec<O extends OptionSpecs> = {
  /** Two or three sentences: what goes in, what comes out. */
  readonly about: string;
  /** The arguments that are not options, as --help shows them, and how many there may be. */
  readonly positionals: { readonly names: string; readonly min: number; readonly max: number };
  readonly options: O;
  readonly examples: readonly string[];
  run(values: Values<O>, positionals: readonly string[], io: Io): Promise<ExitCode>;
};

export type Command = { help(name: string): string; run(name: string, argv: readonly string[], io: Io): Promise<ExitCode> };

/** Binds options, parsing and work together; the only place that parses arguments. */
export function defineCommand<const O extends OptionSpecs>(spec: CommandSpec<O>): Command {
  return {
    help: (name) => helpText(name, spec),
    async run(name, argv, io) {
      if (argv.includes('--help') || argv.includes('-h')) {
        await io.text(helpText(name, spec));
        return EXIT.ok;
      }
      const { values, positionals } = parse(name, spec, argv);
      return spec.run(values, positionals, io);
    },
  };
}

function parse<O extends OptionSpecs>(name: string, spec: CommandSpec<O>, argv: readonly string[]) {
  const { names, min, max } = spec.positionals;
  const parsed = parseStrictly(name, spec.options, argv);
  const count = parsed.positionals.length;
  if (count < min) throw new BadInput(`${name} needs ${names}. ${seeHelp(name)}`);
  if (count > max) throw new BadInput(`${name} does not know what to do with "${parsed.positionals[max]}". ${seeHelp(name)}`);
  return { values: parsed.values as Values<O>, positionals: parsed.positionals };
}

function parseStrictly(name: string, specs: OptionSpecs, argv: readonly string[]) {
  const options = Object.fromEntries(Object.entries(specs).map(([key, { type, multiple, default: fallback }]) => [key, { type, multiple: multiple ?? false, ...(fallback === undefined ? {} : { default: fallback }) }]));
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new BadInput(`${name}: ${error.message.split('. ')[0]}. ${seeHelp(name)}`);
  }
}

export const seeHelp = (name: string) => `\`npm run --silent orrery -- ${name} --help\` shows how.`;

function helpText<O extends OptionSpecs>(name: string, { about, positionals, options, examples }: CommandSpec<O>): string {
  const rows = Object.entries({ ...options, help: { type: 'boolean', help: 'Shows this text.' } satisfies OptionSpec } as OptionSpecs).map(([key, option]) => {
    const fallback = option.default === undefined || option.default === false ? '' : ` Default: ${option.default}.`;
    return [`  --${key}${option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''}`, `${option.help}${fallback}`] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const usage = ['Usage: orrery', name, positionals.names, '[options]'].filter((part) => part !== '').join(' ');
  const shown = examples.map((example) => `  npm run --silent orrery -- ${example}`);
  return [usage, '', about, '', 'Options:', ...rows.map(([left, right]) => left.padEnd(width) + right), '', 'Examples:', ...shown, ''].join('\n');
}
