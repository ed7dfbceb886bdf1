/** Writes to the fleet: one conditional request per order (If-Match, Idempotency-Key). A torn connection is `unknown`. */
import type { Command, Refusal } from '@/engine/twin';
import type { Actuator, StepOrder, StepReply } from '../connector';
import { askFleet, parseAnswer, readFleetState, refusedAnswer, writeAnswer, type FleetAnswer, type FleetRequest } from './fleet-client';

export const fleetActuator = (url: () => string | null): Actuator => ({
  connector: 'fleet',
  async apply(order) {
    const request = requestFor(order.command);
    if (request === null) return refused({ code: 'unsupported', kind: order.command.kind, target: 'fleet' });
    const at = url();
    if (at === null) return refused({ code: 'unreachable', target: 'fleet', detail: 'the fleet is not running' });
    const headers = { 'if-match': `"${order.expectedVersion}"`, 'idempotency-key': order.idempotencyKey };
    const answer = await askFleet(at, { ...request, headers });
    return answer.ok ? replyFrom(order, answer.value, at) : { result: 'unknown', detail: answer.error };
  },
});

function requestFor(command: Command): FleetRequest | null {
  switch (command.kind) {
    case 'set-replicas':
      return { method: 'PUT', path: `/services/${encodeURIComponent(command.service)}/replicas`, body: { replicas: command.replicas } };
    case 'set-cpu-quota':
      return { method: 'PUT', path: `/services/${encodeURIComponent(command.service)}/quota`, body: { quotaMillicores: command.quotaMillicores } };
    case 'restart-replica':
      return { method: 'POST', path: `/services/${encodeURIComponent(command.service)}/replicas/${encodeURIComponent(command.replica)}/restart` };
    default:
      return null;
  }
}

async function replyFrom(order: StepOrder, { status, text }: FleetAnswer, url: string): Promise<StepReply> {
  if (status === 200) {
    const written = parseAnswer(writeAnswer, text);
    return written.ok ? { result: written.value.outcome, version: written.value.service.version } : { result: 'unknown', detail: `the answer is ${written.error}` };
  }
  if (status >= 500) return { result: 'unknown', detail: `the supervisor answered ${status}` };
  const answer = parseAnswer(refusedAnswer, text);
  if (!answer.ok) return { result: 'unknown', detail: `the supervisor answered ${status}, ${answer.error}` };
  if (status === 412) return refused({ code: 'stale', expected: order.expectedVersion, found: answer.value.service?.version ?? 'unknown' });
  return refused(await refusalOf(order.command, answer.value, url));
}

async function refusalOf(command: Command, { code, message }: { readonly code: string; readonly message: string }, url: string): Promise<Refusal> {
  if (code === 'no-such-service' && 'service' in command) return { code: 'not-found', what: 'service', name: command.service };
  if (code === 'no-such-replica' && command.kind === 'restart-replica') return { code: 'not-found', what: 'replica', name: command.replica };
  const state = code === 'bad-body' && 'service' in command ? await readFleetState(url) : null;
  const service = state?.ok === true && 'service' in command ? state.value.services[command.service] : undefined;
  if (service !== undefined && command.kind === 'set-replicas') return { code: 'out-of-range', what: 'replicas', value: command.replicas, min: service.replicasMin, max: service.replicasMax };
  if (service !== undefined && command.kind === 'set-cpu-quota') return { code: 'out-of-range', what: 'quota', value: command.quotaMillicores ?? 0, min: service.quotaMillicoresMin, max: service.quotaMillicoresMax };
  return { code: 'unreachable', target: 'fleet', detail: `${code}: ${message}` };
}

const refused = (refusal: Refusal): StepReply => ({ result: 'refused', refusal });
