/** What the textbook of a chain is told of a recorded run: its windows and when something stopped or started. */
import { fieldOf, listOf, numberOf, textOf } from './json-fields';
import type { MeasuredChain, MeasuredWindow } from './textbook/predict-chain';

export const measuredChain = (run: unknown): MeasuredChain => ({
  windows: listOf(fieldOf(run, 'windows')).map((window): MeasuredWindow => {
    const number = (key: string) => numberOf(window, key) ?? 0;
    return { t: number('t'), offered: number('offered'), ok: number('ok'), meanMs: number('mean'), fault: textOf(window, 'fault'), cores: { frontend: number('cpu_frontend'), backend: number('cpu_backend'), db: number('cpu_db') } };
  }),
  eventsS: listOf(fieldOf(run, 'events')).flatMap((event) => numberOf(event, 'tS') ?? []),
});
