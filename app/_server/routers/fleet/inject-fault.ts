/** Gives the fleet a fault to live with, so that there is something to decide: `{id}`. A person's game, audited like the rest. */
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { askFleet, parseAnswer, refusedAnswer } from '../../connectors/fleet/fleet-client';
import { appendLeaf } from '../../audit/append-leaf';
import { gatewayTransaction } from '../../gateway/gateway-transaction';
import { procedure, type Context } from '../../trpc/trpc';

const lastsSeconds = z.number().int().min(1).max(3_600).default(60);
const service = z.string().min(1).max(100);

export const injectFaultInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cpu-hog'), node: z.string().min(1).max(100), threads: z.number().int().min(1).max(16), lastsSeconds }),
  z.strictObject({ kind: z.literal('slow-service'), service, extraMs: z.number().min(1).max(60_000), lastsSeconds }),
  z.strictObject({ kind: z.literal('memory-leak'), service, mibPerSecond: z.number().min(0.1).max(1_000), lastsSeconds }),
  z.strictObject({ kind: z.literal('kill-replica'), service, count: z.number().int().min(1).max(100), lastsSeconds }),
  z.strictObject({ kind: z.literal('load-factor'), service, factor: z.number().min(0).max(100), lastsSeconds }),
]);

const started = z.object({ fault: z.object({ id: z.string() }) });

export const injectFaultProcedure = procedure.input(injectFaultInput).mutation(async ({ ctx, input }) => {
  const text = await sendFault(ctx, { method: 'POST', path: '/faults', body: input });
  const answer = parseAnswer(started, text);
  if (!answer.ok) throw new TRPCError({ code: 'BAD_GATEWAY', message: `The fleet's answer is ${answer.error}.` });
  return { id: answer.value.fault.id };
});

/** Asks the supervisor and notes it in the audit log; a refusal keeps the supervisor's words. */
export async function sendFault({ server, actor }: Context, request: Parameters<typeof askFleet>[1]): Promise<string> {
  const url = server.fleet.url();
  if (url === null) throw new TRPCError({ code: 'PRECONDITION_FAILED', message: 'The fleet is not running. Start it first.' });
  const answer = await askFleet(url, request);
  if (!answer.ok) throw new TRPCError({ code: 'BAD_GATEWAY', message: `The fleet did not answer: ${answer.error}.` });
  if (answer.value.status !== 200) {
    const refused = parseAnswer(refusedAnswer, answer.value.text);
    throw new TRPCError({ code: 'BAD_REQUEST', message: refused.ok ? `${refused.value.message} ${refused.value.next}` : `The fleet answered ${answer.value.status}.` });
  }
  await gatewayTransaction(server.ports, ({ tx, nowUs }) =>
    appendLeaf(tx, { atUs: nowUs, kind: 'fleet-fault', actor: actor.id, id: null, planId: null, detail: { method: request.method, path: request.path, body: request.body ?? null } }),
  );
  return answer.value.text;
}
