/**
 * What every connector must do, run against each of them: the model in memory, the dry-run recorder, and the
 * fleet with its real processes. `writes` is false for connectors that record instead of sending.
 */
import { beforeAll, expect, test } from 'vitest';
import { sha256 } from '@/engine/kernel';
import { findObject } from '../command-object';
import type { Connector, ConnectorReader, Observation } from '../connector';
import { approvedPlanFor, orderFor } from './approved-order';

export type ContractTarget = {
  readonly connector: Connector;
  readonly writes: boolean;
  /** A service whose replicas may be set to any of 1, 2 and 3. */
  readonly service: string;
  /** The same connector, pointed at a place where nobody answers. */
  readonly unreachable: Connector | null;
};

export function connectorContract(prepare: () => Promise<ContractTarget>): void {
  let target: ContractTarget;
  let keys = 0;
  const nextKey = () => sha256(`contract key ${(keys += 1)}`);
  const read = async (reader: ConnectorReader = target.connector): Promise<Observation> => {
    const observed = await reader.observer.observe();
    if (!observed.ok) throw new Error(observed.error.detail);
    return observed.value;
  };
  const object = async () => findObject(await read(), `service/${target.service}`)!;
  const otherCount = async () => ((await object()).values.replicas === 2 ? 3 : 2);
  const setReplicas = async (replicas: number) => approvedPlanFor(target.connector, await read(), [{ kind: 'set-replicas', service: target.service, replicas }]);

  beforeAll(async () => {
    target = await prepare();
  });

  test('it names the least privilege it needs for reading', () => {
    expect(target.connector.leastPrivilege.read.length).toBeGreaterThan(0);
    expect(target.connector.leastPrivilege.live.length > 0).toBe(target.writes);
  });

  test('every observed object has a name of its own and a version', async () => {
    const { objects } = await read();
    expect(new Set(objects.map((each) => each.object)).size).toBe(objects.length);
    expect(objects.every(({ version }) => version !== '')).toBe(true);
  });

  test('reading twice changes no version', async () => {
    const first = await read();
    expect((await read()).objects.map(({ version }) => version)).toEqual(first.objects.map(({ version }) => version));
  });

  test('an order does what it says, and its answer names the new version', async () => {
    const [before, wanted] = [await object(), await otherCount()];
    const reply = await target.connector.actuator!.apply(orderFor(await setReplicas(wanted), nextKey()));
    const after = await object();
    if (!target.writes) {
      expect(reply).toEqual({ result: 'recorded' });
      expect(after).toEqual(before);
      return;
    }
    expect(reply).toEqual({ result: 'applied', version: after.version });
    expect(after.values.replicas).toBe(wanted);
    expect(after.version).not.toBe(before.version);
  });

  test('an order decided on an older version is refused as stale and changes nothing', async () => {
    if (!target.writes) return;
    const old = orderFor(await setReplicas(await otherCount()), nextKey());
    await target.connector.actuator!.apply(orderFor(await setReplicas(await otherCount()), nextKey()));
    const before = await object();
    const reply = await target.connector.actuator!.apply({ ...old, command: { kind: 'set-replicas', service: target.service, replicas: 1 } });
    expect(reply).toMatchObject({ result: 'refused', refusal: { code: 'stale', expected: old.expectedVersion, found: before.version } });
    expect(await object()).toEqual(before);
  });

  test('an order sent twice under one key takes effect once', async () => {
    if (!target.writes) return;
    const order = orderFor(await setReplicas(await otherCount()), nextKey());
    const first = await target.connector.actuator!.apply(order);
    const second = await target.connector.actuator!.apply(order);
    expect([first.result, second.result]).toEqual(['applied', 'already']);
    expect((await object()).version).toBe('version' in first ? first.version : '');
  });

  test('a value outside the target’s range is refused and changes nothing', async () => {
    if (!target.writes) return;
    const before = await object();
    const reply = await target.connector.actuator!.apply(orderFor(await setReplicas(100_000), nextKey()));
    expect(reply.result).toBe('refused');
    expect(await object()).toEqual(before);
  });

  test('a command that the target does not know is refused', async () => {
    if (!target.writes) return;
    const order = { ...orderFor(await setReplicas(2), nextKey()), command: { kind: 'drain-node', node: 'nowhere' } as const };
    expect(await target.connector.actuator!.apply(order)).toMatchObject({ result: 'refused', refusal: { code: 'unsupported' } });
  });

  test('an unknown service is refused', async () => {
    if (!target.writes) return;
    const order = { ...orderFor(await setReplicas(2), nextKey()), command: { kind: 'set-replicas', service: 'no-such-service', replicas: 2 } as const };
    expect(await target.connector.actuator!.apply(order)).toMatchObject({ result: 'refused', refusal: { code: 'not-found' } });
  });

  test('a target that does not answer is an error value, never an exception', async () => {
    const { unreachable } = target;
    if (unreachable === null) return;
    expect(await unreachable.observer.observe()).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    const reply = await unreachable.actuator!.apply(orderFor(await setReplicas(2), nextKey()));
    expect(target.writes ? ['unknown', 'refused'] : ['recorded']).toContain(reply.result);
  });
}
