import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { InvariantError } from '@/engine/kernel';
import { BadInput } from './bad-input';
import { defineCommand } from './command';
import { COMMANDS, type CommandEntry } from './command-table';
import { EXIT } from './exit-code';
import { streamIo } from './io';
import { runCli } from './run-cli';

const echo = defineCommand({
  about: 'Prints what it was given.',
  positionals: { names: 'THING', min: 1, max: 2 },
  options: {
    loud: { type: 'boolean', default: false, help: 'In capitals.' },
    times: { type: 'string', value: 'N', default: '1', help: 'How often.' },
    tag: { type: 'string', multiple: true, help: 'Any number of them.' },
  },
  examples: ['echo hello'],
  async run(values, positionals, io) {
    await io.json({ values, positionals });
    return EXIT.ok;
  },
});
const failing = (error: unknown) => defineCommand({ about: '', positionals: { names: '', min: 0, max: 0 }, options: {}, examples: [], run: () => Promise.reject(error) });
const entry = (name: string, command: ReturnType<typeof failing>): CommandEntry => ({ name, summary: `about ${name}`, load: async () => ({ command }) });
const TABLE = [
  entry('echo', echo),
  entry('twin mesh', echo),
  entry('twin host', echo),
  entry('refuse', failing(new BadInput(['First sentence.', 'Second sentence.']))),
  entry('break', failing(new InvariantError('two and two are five'))),
  entry('crash', failing(new TypeError('x is not a function'))),
  entry('unmet', defineCommand({ about: '', positionals: { names: '', min: 0, max: 0 }, options: {}, examples: [], run: async () => EXIT.assertionFailed })),
];

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(TABLE, argv, streamIo(Readable.from([]), stdout, stderr));
  return { code, out: String(stdout.read() ?? ''), told: String(stderr.read() ?? '') };
}

test('options and arguments arrive parsed, with their defaults', async () => {
  const { code, out } = await run('echo', 'a', 'b', '--loud', '--times', '3', '--tag', 'x', '--tag=y');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ values: { loud: true, times: '3', tag: ['x', 'y'] }, positionals: ['a', 'b'] });
  expect(JSON.parse((await run('echo', 'a')).out)).toEqual({ values: { loud: false, times: '1' }, positionals: ['a'] });
});

test('two-word names are found, and their arguments begin after both words', async () => {
  expect(JSON.parse((await run('twin', 'mesh', 'file')).out).positionals).toEqual(['file']);
});

test.each([
  [['nope'], 'There is no command "nope". Known: echo,'],
  [['twin'], 'There is no command "twin". Known: twin mesh, twin host.'],
  [['twin', 'moon'], 'There is no command "twin moon". Known: twin mesh, twin host.'],
  [['echo'], 'echo needs THING.'],
  [['echo', 'a', 'b', 'c'], 'does not know what to do with "c"'],
  [['echo', 'a', '--nope'], "Unknown option '--nope'"],
  [['echo', 'a', '--times'], "'--times <value>' argument missing"],
  [['echo', 'a', '--loud=yes'], "'--loud' does not take an argument"],
  [['__proto__'], 'There is no command "__proto__"'],
])('%j ends with 2 and one clear sentence on stderr', async (argv, sentence) => {
  const { code, out, told } = await run(...argv);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(told).toContain(sentence);
  expect(told.trimEnd().split('\n')).toHaveLength(1);
});

test('every sentence of bad input is told, and the code is 2', async () => {
  expect(await run('refuse')).toEqual({ code: 2, out: '', told: 'First sentence.\nSecond sentence.\n' });
});

test('our own bugs end with 3 and say that they are bugs', async () => {
  for (const [name, words] of [['break', 'two and two are five'], ['crash', 'x is not a function']] as const) {
    const { code, told } = await run(name);
    expect(code).toBe(3);
    expect(told).toContain('This is a bug, not your input');
    expect(told).toContain(words);
  }
});

test('a command decides between 0, 1 and 4 itself', async () => {
  expect((await run('unmet')).code).toBe(1);
});

test('--help of the program and of a group lists commands; nothing asked lists them and ends with 2', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const { name, summary } of TABLE) expect(out).toContain(`${name.padEnd(11)}${summary}`);
  expect((await run('twin', '--help')).out).not.toContain('about echo');
  expect((await run()).code).toBe(2);
});

test('--help of a command shows usage, options with defaults and examples, even with arguments missing', async () => {
  const { code, out } = await run('echo', '--help');
  expect(code).toBe(0);
  for (const part of ['Usage: orrery echo THING [options]', '--times N', 'Default: 1.', 'npm run --silent orrery -- echo hello']) expect(out).toContain(part);
});

test.each(COMMANDS.map(({ name }) => name))('%s has help, a summary and an example that names it', async (name) => {
  const found = COMMANDS.find((candidate) => candidate.name === name)!;
  expect(found.summary).not.toBe('');
  const { command } = await found.load();
  expect(command.help(name)).toContain(`npm run --silent orrery -- ${name}`);
});

test('no two commands have one name, and none hides behind a shorter one', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
