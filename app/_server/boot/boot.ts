/**
 * Opens the server and closes it with the process: the database flushed, the fleet stopped, nothing left on
 * a port. A second signal does not wait. A folder that somebody else holds, or a wrong variable, ends the
 * process with a sentence and 2: a workbench without its records must not look alive.
 */
import { reasonOf } from '../database/database';
import { closeServer, getServer } from './server';

const CLOSE_MS_MAX = 8_000;
const KEY = Symbol.for('orrery.boot');

export async function boot(): Promise<void> {
  if (Reflect.get(globalThis, KEY) === true) return; // a development server runs this again with every change
  Reflect.set(globalThis, KEY, true);
  closeWithProcess();
  try {
    await getServer();
  } catch (error) {
    console.error(`Orrery cannot start: ${reasonOf(error)}`);
    process.exit(2);
  }
}

function closeWithProcess(): void {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      setTimeout(() => process.exit(1), CLOSE_MS_MAX).unref();
      void closeServer().then(() => process.exit(0), () => process.exit(1));
    });
  }
}
