/**
 * npm run record -- --seconds N [--fleet | --targets url,url…] [--out DIR] [--title …] [--faults FILE] [--seed N] [--cpu-weight N]
 *
 * Scrapes Prometheus endpoints once a second into a recording folder. With --fleet it starts the small
 * real system of fixtures/fleet for the time of the recording, with one compressed day of load on it.
 * Exit codes: 0 recorded, 2 bad option or nothing to record. Ctrl-C ends early and keeps what is there.
 */
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_SYSTEM_HINTS } from '@/engine/telemetry';
import { writeRecording } from '@/workers/import/write-recording';
import { describeFleet, readFaultPlan, startFleetSession, type FleetSession } from './record/fleet-session';
import { startNoiseMeter, type MachineNoise } from './record/machine-noise';
import { scrapeLoop, type LoopSummary } from './record/scrape-loop';
import type { Target } from './record/scrape';

const USAGE = 'Usage: npm run record -- --seconds N [--fleet | --targets url,url…] [--out DIR] [--title TEXT] [--faults FILE] [--seed N] [--cpu-weight N]';
const SECONDS_MAX = 86_400;
const PROGRESS_SECONDS = 30;

function leave(message: string): never {
  process.stderr.write(`record: ${message}\n${USAGE}\n`);
  process.exit(2);
}

type Options = { readonly seconds: number; readonly out: string; readonly title: string; readonly targets: readonly Target[]; readonly fleet: boolean; readonly faults: string | null; readonly seed: number; readonly cpuWeight: number };

function readOptions(args: string[]): Options {
  const flag = { type: 'string' } as const;
  let values;
  try {
    values = parseArgs({ args, options: { seconds: flag, out: flag, title: flag, targets: flag, faults: flag, seed: flag, 'cpu-weight': flag, fleet: { type: 'boolean' } } }).values;
  } catch (error) {
    leave(error instanceof Error ? error.message : String(error));
  }
  const integer = (name: 'seconds' | 'seed' | 'cpu-weight', fallback: number, min: number, max: number) => {
    const value = Number(values[name] ?? fallback);
    if (!(Number.isInteger(value) && value >= min && value <= max)) leave(`--${name} must be a whole number from ${min} to ${max}`);
    return value;
  };
  const seconds = integer('seconds', NaN, 1, SECONDS_MAX);
  const seed = integer('seed', 1, 0, 4_294_967_295);
  const cpuWeight = integer('cpu-weight', 8, 1, 64);
  const fleet = values.fleet ?? values.targets === undefined;
  if (fleet && values.targets !== undefined) leave('give --fleet or --targets, not both');
  if (!fleet && values.faults !== undefined) leave('--faults needs --fleet: nothing else can be broken on purpose');
  const out = resolve(values.out ?? `recording-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}`);
  const targets = (values.targets ?? '').split(',').filter((url) => url !== '').map(readTarget);
  return { seconds, out, title: values.title ?? basename(out), targets, fleet, faults: values.faults ?? null, seed, cpuWeight };
}

function readTarget(text: string): Target {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) leave(`“${text}” is not an http address; example: http://127.0.0.1:9090/metrics`);
  return { url: url.href, job: url.hostname, extraLabels: [['instance', url.host]] };
}

function showProgress(seconds: number) {
  return (second: number, { missedScrapes }: LoopSummary) => {
    if (second % PROGRESS_SECONDS === 0) process.stderr.write(`record: ${second} of ${seconds} s, ${missedScrapes} scrapes missed\n`);
  };
}

const cores = (value: number) => value.toFixed(2);

function describeMaking(session: FleetSession | null, summary: LoopSummary, noise: MachineNoise | null, mechanism: string): string {
  const what = session === null ? 'Scraped once a second.' : `The fleet of fixtures/fleet, ${describeFleet()}; limits by ${mechanism}; one compressed day of open-loop Poisson load from trough over peak to trough; scraped once a second.`;
  const missed = `${summary.missedScrapes} of ${summary.scrapes} scrapes missed, ${summary.droppedLines} lines dropped.`;
  const machine = noise === null ? '' : ` The whole machine used ${cores(noise.busyCores)} cores on average (the fleet and everything else), ${cores(noise.stolenCores)} were stolen by the hypervisor; load average mean ${cores(noise.load1Mean)}, highest ${cores(noise.load1Max)}.`;
  return `${what} ${missed}${machine}`;
}

async function main() {
  const args = process.argv.slice(2);
  const options = readOptions(args);
  const plan = options.faults === null ? [] : await readFaultPlan(options.faults).catch((error: Error) => leave(`${options.faults}: ${error.message}`));
  const session = options.fleet ? await startFleetSession(options.seed, options.cpuWeight).catch((error: Error) => leave(error.message)) : null;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    await session?.begin(options.seconds, plan);
    const noise = startNoiseMeter();
    const progress = showProgress(options.seconds);
    const { columns, declared, startedAtMs, seconds, summary } = await scrapeLoop({
      seconds: options.seconds,
      targets: session === null ? async () => options.targets : session.targets,
      signal: stop.signal,
      onSecond(second, sofar) {
        noise.look();
        progress(second, sofar);
      },
    });
    if (summary.missedScrapes === summary.scrapes) leave('no scrape succeeded; check the addresses with: curl URL');
    const startedAt = new Date(startedAtMs).toISOString();
    const mechanism = session === null ? '' : (await session.state()).quotaMechanism;
    const manifest = await writeRecording(
      options.out,
      {
        id: basename(options.out),
        title: options.title,
        made: { date: startedAt.slice(0, 10), how: describeMaking(session, summary, noise.read(), mechanism), command: `npm run record -- ${args.map(quoted).join(' ')}` },
        sources: session === null ? options.targets.map(({ job, url }) => ({ name: job, url })) : await session.sources(),
        startedAt,
        seconds,
        scrapeSeconds: 1,
        faults: session === null ? [] : await session.faults(startedAtMs),
        system: session === null ? NO_SYSTEM_HINTS : await session.hints(),
      },
      columns,
      declared,
    );
    process.stdout.write(`${JSON.stringify({ out: options.out, rows: manifest.rows, signals: manifest.signals.length, ...summary })}\n`);
  } finally {
    await session?.stop();
  }
}

const quoted = (arg: string) => (/^[\w./:=,-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);

await main().catch((error: Error) => leave(error.message));
