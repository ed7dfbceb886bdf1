/**
 * HTTP to the fleet's supervisor, and nothing but HTTP: one request, a time limit, a body limit. What came
 * back is data from outside; it is parsed before it is believed.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { z } from 'zod';

const TIMEOUT_MS = 5_000;
const BODY_CHARACTERS_MAX = 4_000_000;

const serviceState = z.object({
  version: z.string().min(1),
  replicas: z.number().int(),
  replicasMin: z.number().int(),
  replicasMax: z.number().int(),
  ready: z.number().int(),
  quotaMillicores: z.number().nullable(),
  quotaMillicoresMin: z.number(),
  quotaMillicoresMax: z.number(),
  lanes: z.number().int(),
  calls: z.array(z.string()),
  node: z.string(),
  memoryLimitMib: z.number(),
  instances: z.array(z.object({ id: z.string(), phase: z.string(), url: z.string().nullable(), startUpMs: z.number().nullable(), restarts: z.number() })),
});

export const fleetState = z.object({
  runId: z.string(),
  version: z.string(),
  entryService: z.string(),
  quotaMechanism: z.string(),
  services: z.record(z.string(), serviceState),
  nodes: z.array(z.object({ name: z.string(), cpuCores: z.number(), memoryMib: z.number(), usdPerHour: z.number() })),
  load: z.object({ version: z.string(), profile: z.unknown(), factor: z.number(), elapsedSeconds: z.number(), offeredRps: z.number() }),
  faults: z.array(z.object({ id: z.string(), fault: z.record(z.string(), z.unknown()), startedAt: z.string(), endedAt: z.string().nullable(), lastsSeconds: z.number() })),
});

export type FleetState = z.infer<typeof fleetState>;
export type FleetServiceState = z.infer<typeof serviceState>;

export const writeAnswer = z.object({ outcome: z.enum(['applied', 'already']), service: serviceState });
export const refusedAnswer = z.object({ code: z.string(), message: z.string(), next: z.string().default(''), service: serviceState.optional() });

export type FleetRequest = { readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'; readonly path: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };
export type FleetAnswer = { readonly status: number; readonly text: string };

/** An error means that nobody knows whether the request arrived. */
export async function askFleet(url: string, { method, path, body, headers }: FleetRequest): Promise<Result<FleetAnswer, string>> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text.length > BODY_CHARACTERS_MAX ? err(`the answer is over ${BODY_CHARACTERS_MAX} characters`) : ok({ status: response.status, text });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return err(`${error instanceof Error ? error.message : String(error)}${cause === '' ? '' : ` (${cause})`}`);
  }
}

export function parseAnswer<T>(schema: z.ZodType<T>, text: string): Result<T, string> {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : err(`not as expected at ${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}`);
  } catch {
    return err('not JSON');
  }
}

export async function readFleetState(url: string): Promise<Result<FleetState, { readonly code: 'unreachable' | 'not-understood'; readonly detail: string }>> {
  const answer = await askFleet(url, { method: 'GET', path: '/state' });
  if (!answer.ok) return err({ code: 'unreachable', detail: answer.error });
  if (answer.value.status !== 200) return err({ code: 'unreachable', detail: `GET /state answered ${answer.value.status}` });
  const state = parseAnswer(fleetState, answer.value.text);
  return state.ok ? state : err({ code: 'not-understood', detail: state.error });
}
