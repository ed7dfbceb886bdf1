/**
 * A target in memory that behaves as a conditional-write API does: versions, If-Match, kept idempotency keys,
 * and (on request) requests that are lost, answers that are lost, and effects that arrive late. It counts
 * its effects per key, which is what the gateway's promise is checked against.
 */
import { err, ok } from '@/engine/kernel';
import { objectOf } from '@/engine/loop';
import type { Command } from '@/engine/twin';
import { afterCommand, wantedValues } from '../command-object';
import type { Connector, Observation, ObservedObject, StepOrder, StepReply } from '../connector';

/** What goes wrong with one call: nothing, the request is lost, the answer is lost, or the effect lands later. */
export type Mishap = 'none' | 'lost-request' | 'lost-answer' | 'late-effect';
export type Effect = { readonly key: string; readonly object: string; readonly command: Command; readonly atUs: number };

export type ModelTarget = {
  readonly connector: Connector;
  readonly effects: readonly Effect[];
  /** Another writer changes an object. */
  interfere(service: string, replicas: number): void;
  /** Lets effects that were late arrive now. */
  deliverLate(): void;
  setReachable(reachable: boolean): void;
  replicas(service: string): number;
};

export type ModelOptions = { readonly services: Readonly<Record<string, number>>; readonly nowUs: () => number; readonly mishap?: () => Mishap; readonly pause?: () => Promise<void>; /** Forgets keys and ignores versions: what no target of class A may do. */ readonly forgetful?: boolean };

const REPLICAS_MAX = 20;

export function modelTarget({ services, nowUs, mishap = () => 'none', pause = () => Promise.resolve(), forgetful = false }: ModelOptions): ModelTarget {
  const objects = new Map<string, ObservedObject>();
  const writes = new Map<string, number>();
  const kept = new Map<string, string>();
  const effects: Effect[] = [];
  let late: (() => void)[] = [];
  let reachable = true;
  let version = 1;
  const put = (object: ObservedObject) => {
    const count = (writes.get(object.object) ?? 0) + 1;
    writes.set(object.object, count);
    version += 1;
    objects.set(object.object, { ...object, version: `${object.object}@${count}` });
  };
  for (const [service, replicas] of Object.entries(services)) put({ object: `service/${service}`, version: '', values: { replicas, quotaMillicores: 500 } });

  function write({ command, expectedVersion, idempotencyKey }: StepOrder): StepReply {
    const name = objectOf(command);
    const known = forgetful ? undefined : kept.get(idempotencyKey);
    if (known !== undefined) return { result: 'already', version: known };
    const object = objects.get(name);
    if (object === undefined) return { result: 'refused', refusal: { code: 'not-found', what: 'service', name } };
    const refusal = limits(command) ?? (forgetful || object.version === expectedVersion ? null : { code: 'stale' as const, expected: expectedVersion, found: object.version });
    if (refusal !== null) return { result: 'refused', refusal };
    put(afterCommand(command, object));
    effects.push({ key: idempotencyKey, object: name, command, atUs: nowUs() });
    const now = objects.get(name)!.version;
    kept.set(idempotencyKey, now);
    return { result: 'applied', version: now };
  }

  async function apply(order: StepOrder): Promise<StepReply> {
    if (order.command.kind !== 'set-replicas' && order.command.kind !== 'set-cpu-quota' && order.command.kind !== 'restart-replica') {
      return { result: 'refused', refusal: { code: 'unsupported', kind: order.command.kind, target: 'model' } };
    }
    await pause();
    if (!reachable) return { result: 'unknown', detail: 'connection refused' };
    const what = mishap();
    if (what === 'lost-request') return { result: 'unknown', detail: 'the request was lost' };
    if (what === 'late-effect') {
      late.push(() => write(order));
      return { result: 'unknown', detail: 'no answer in time' };
    }
    const reply = write(order);
    await pause();
    return what === 'lost-answer' ? { result: 'unknown', detail: 'the answer was lost' } : reply;
  }

  const observation = (): Observation => ({ atUs: nowUs(), version: `model@${version}`, objects: [...objects.values()] });
  return {
    effects,
    connector: {
      connector: 'model',
      title: 'A model target',
      commands: ['set-replicas', 'set-cpu-quota', 'restart-replica'],
      leastPrivilege: { read: ['read the model'], live: ['set replicas and quota of the model'] },
      observer: {
        connector: 'model',
        async observe() {
          await pause();
          return reachable ? ok(observation()) : err({ code: 'unreachable', detail: 'connection refused' });
        },
      },
      actuator: { connector: 'model', apply },
    },
    interfere(service, replicas) {
      const object = objects.get(`service/${service}`)!;
      put({ ...object, values: { ...object.values, replicas } });
    },
    deliverLate() {
      const arriving = late;
      late = [];
      for (const deliver of arriving) deliver();
    },
    setReachable: (next) => void (reachable = next),
    replicas: (service) => Number(objects.get(`service/${service}`)?.values.replicas),
  };
}

function limits(command: Command) {
  const wanted = wantedValues(command)?.replicas;
  return typeof wanted === 'number' && (wanted < 0 || wanted > REPLICAS_MAX) ? { code: 'out-of-range' as const, what: 'replicas', value: wanted, min: 0, max: REPLICAS_MAX } : null;
}
