/**
 * Refusals of the domain as errors at the wire: one table. tRPC codes and HTTP statuses are chosen together,
 * so the pages and REST answer alike. Everything that is not in this table is a fault of ours, and an error 500.
 */
import type { Result } from '@/engine/kernel';
import { TRPCError } from '@trpc/server';
import { describeRefusal } from '../gateway/describe-refusal';
import type { GatewayRefusal } from '../gateway/gateway-refusal';

type WireError = { readonly trpc: TRPCError['code']; readonly status: number };
const conflict: WireError = { trpc: 'CONFLICT', status: 409 };
const precondition: WireError = { trpc: 'PRECONDITION_FAILED', status: 412 };
const forbidden: WireError = { trpc: 'FORBIDDEN', status: 403 };
const badRequest: WireError = { trpc: 'BAD_REQUEST', status: 400 };
const unprocessable: WireError = { trpc: 'UNPROCESSABLE_CONTENT', status: 422 };

export const WIRE_ERRORS: Readonly<Record<GatewayRefusal['code'], WireError>> = {
  'not-found': { trpc: 'NOT_FOUND', status: 404 },
  'connector-unknown': { trpc: 'NOT_FOUND', status: 404 },
  'wrong-state': conflict,
  'digest-mismatch': precondition,
  'not-a-person': forbidden,
  'own-plan': forbidden,
  'already-approved': conflict,
  'plan-expired': precondition,
  'approval-missing': precondition,
  'connector-mode': precondition,
  stopped: precondition,
  busy: conflict,
  'rate-limited': { trpc: 'TOO_MANY_REQUESTS', status: 429 },
  stale: precondition,
  unreachable: { trpc: 'BAD_GATEWAY', status: 502 },
  'command-refused': unprocessable,
  'steps-out-of-range': badRequest,
  'no-inverse': unprocessable,
  'cannot-rehearse': unprocessable,
  fenced: conflict,
};

/** Carries a refusal through tRPC as the cause of its error. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(readonly refusal: GatewayRefusal) {
    super(describeRefusal(refusal));
  }
}

export function orRefuse<T>(result: Result<T, GatewayRefusal>): T {
  if (result.ok) return result.value;
  const cause = new RefusedError(result.error);
  throw new TRPCError({ code: WIRE_ERRORS[result.error.code].trpc, message: cause.message, cause });
}

export const refusalIn = ({ cause }: TRPCError): GatewayRefusal | null => (cause instanceof RefusedError ? cause.refusal : null);
