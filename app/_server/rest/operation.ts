/** One REST operation: what it takes, what it does, what it answers. The routes and the OpenAPI document are both made from these. */
import { err, ok, type Result } from '@/engine/kernel';
import type { z } from 'zod';
import type { Server } from '../boot/server';
import { describeRefusal } from '../gateway/describe-refusal';
import type { Actor } from '../gateway/actor';
import type { GatewayRefusal } from '../gateway/gateway-refusal';
import type { Problem } from '../http/problem';
import { WIRE_ERRORS } from '../trpc/refusal-errors';

export type Asked = { readonly server: Server; readonly actor: Actor; readonly id: string; readonly ifMatch: string | null; readonly query: URLSearchParams };
export type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> } | { readonly status: number; readonly lines: AsyncIterable<string> };

export type Operation = {
  readonly method: 'GET' | 'POST';
  /** Under /api/v1, with `{id}` where the plan's id stands. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly ifMatch: boolean;
  readonly bodySchema: z.ZodType | null;
  readonly status: number;
  run(asked: Asked, body: unknown): Promise<Result<Answer, Problem>>;
};

type Description = Omit<Operation, 'run' | 'bodySchema'>;

export function operation<B>(description: Description, body: z.ZodType<B>, perform: (asked: Asked, body: B) => Promise<Result<unknown, GatewayRefusal>>): Operation {
  return {
    ...description,
    bodySchema: body,
    async run(asked, given) {
      const parsed = body.safeParse(given ?? {});
      if (!parsed.success) return err({ status: 400, code: 'bad-body', detail: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ') });
      const result = await perform(asked, parsed.data);
      return result.ok ? ok({ status: description.status, body: result.value }) : err(problemOf(result.error));
    },
  };
}

export const problemOf = (refusal: GatewayRefusal): Problem => ({ status: WIRE_ERRORS[refusal.code].status, code: refusal.code, detail: describeRefusal(refusal), more: { refusal } });
