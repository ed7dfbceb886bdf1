/**
 * Runs a program that may take long: its own output is kept back and shown only if it fails; meanwhile a line
 * every five seconds says that it still runs.
 */
import { spawn } from 'node:child_process';

const LINE_EVERY_MS = 5_000;
const KEPT_CHARACTERS = 20_000;

/** Resolves with {code, output, seconds}; `code` is null when the program could not be started. */
export function runVisibly(label, program, args, options = {}) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  console.log(`${label} …`);
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-KEPT_CHARACTERS));
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const ticking = setInterval(() => console.log(`${label} … ${Math.round(seconds())} s`), LINE_EVERY_MS);
    const done = (code) => {
      clearInterval(ticking);
      if (code === 0) console.log(`${label}: done in ${seconds().toFixed(1)} s`);
      resolve({ code, output, seconds: seconds() });
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => done((keep(String(error)), null)));
    child.on('close', done);
  });
}
