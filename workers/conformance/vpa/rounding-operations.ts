/**
 * What VPA facts ask of rounding: amounts up to a multiple. One amount and one step, or a list of them, which may stand
 * in `expect` as interpolation's places do: pairs with what comes out as a third.
 */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import { FactError, type Operations } from '../fact';
import { operation } from '../operation';
import { amounts } from './schemas';

const roundpair = operation(amounts.extend({ roundCpu_m: z.number(), roundMem: z.number() }), ({ cpu_m, mem, roundCpu_m, roundMem }) => ({
  cpu_m: kubernetes.roundUpTo(cpu_m, roundCpu_m),
  mem: kubernetes.roundUpTo(mem, roundMem),
}));

const row = z.union([z.tuple([z.number(), z.number()]).rest(z.number()), z.looseObject({ value: z.number(), scale: z.number() })]);
const rows = z.array(row);
const amount = { value: z.number().optional(), amount: z.number().optional() };
const step = { scale: z.number().optional(), multiple: z.number().optional(), step: z.number().optional(), round: z.number().optional() };
const roundupFact = z.strictObject({ ...amount, ...step, values: rows.optional(), pairs: rows.optional() });

const rounded = (of: z.output<typeof row>) => (Array.isArray(of) ? kubernetes.roundUpTo(of[0], of[1]) : kubernetes.roundUpTo(of.value, of.scale));

const roundup = operation(roundupFact, (input, _version, { expect }) => {
  const listed = input.values ?? input.pairs;
  if (listed !== undefined) return listed.map(rounded);
  const [value, scale] = [input.value ?? input.amount, input.scale ?? input.multiple ?? input.step ?? input.round];
  if (value !== undefined && scale !== undefined) {
    const result = kubernetes.roundUpTo(value, scale);
    return typeof expect === 'object' && expect !== null ? Object.fromEntries(Object.keys(expect).map((key) => [key, result])) : result;
  }
  const asked = rows.safeParse(expect);
  if (!asked.success) throw new FactError('value and scale: two numbers are needed');
  return asked.data.map((of) => (Array.isArray(of) ? [of[0], of[1], rounded(of)] : { value: of.value, scale: of.scale, rounded: rounded(of) }));
});

export const ROUNDING_OPERATIONS: Operations = { roundpair, roundup };
