/** `stop --all`: the kill switch of a running workbench, from the command line. */
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';

const ANSWER_MS = 5_000;

export const command = defineCommand({
  about: 'Pulls the kill switch of the workbench that listens on HOST:PORT (default 127.0.0.1:3000): from then on no\nnew step is sent anywhere, until it is released in Settings. ORRERY_TOKEN is sent when it is set.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    all: { type: 'boolean', default: false, help: 'Stops every live execution. Required: there is no smaller stop.' },
    url: { type: 'string', value: 'URL', help: 'Address of the workbench. Default: from HOST and PORT.' },
  },
  examples: ['stop --all', 'stop --all --url http://127.0.0.1:3100'],
  async run(values, _positionals, io) {
    if (!values.all) throw new BadInput('stop takes --all: it stops everything that is live.');
    const base = values.url ?? `http://${process.env.HOST ?? '127.0.0.1'}:${process.env.PORT ?? '3000'}`;
    const token = process.env.ORRERY_TOKEN;
    const response = await fetch(new URL('/api/v1/stop', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: '{}',
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch((error: unknown) => {
      throw new BadInput(`No workbench answers at ${base}: ${error instanceof Error ? error.message : String(error)}. Is it running there?`);
    });
    const text = await response.text();
    if (!response.ok) throw new BadInput(`The workbench refused (${response.status}): ${text}`);
    await io.text(`${text.trim()}\n`);
    return EXIT.ok;
  },
});
