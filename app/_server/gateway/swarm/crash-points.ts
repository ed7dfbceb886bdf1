/**
 * Processes that die or stall at any await. Every await of the gateway is a call of the database or of a
 * connector, so a point before and after each of those is every place at which a real process can be killed.
 * A killed one never hears of its call again: its promise stays open. A stalled one goes on later, when
 * another process has long taken over.
 */
import { nextBelow, ok, type Random } from '@/engine/kernel';
import type { StepOrder } from '../../connectors/connector';
import type { Connectors } from '../../connectors/connectors';
import type { Database } from '../../database/database';

export type Fate = 'dead' | 'stalled';

export type Process = {
  /** Resolves when the process was killed or stalled. */
  readonly fallen: Promise<Fate>;
  point(): Promise<void>;
  /** Lets a stalled process go on, as a paused virtual machine would. */
  wake(): void;
};

/** `oneIn` points is the last one (0: never). */
export function mortalProcess(random: Random, oneIn: number): Process {
  let fate: Fate | null = null;
  let fall: (fate: Fate) => void = () => {};
  let wake: () => void = () => {};
  const fallen = new Promise<Fate>((resolve) => (fall = resolve));
  const awake = new Promise<void>((resolve) => (wake = resolve));
  return {
    fallen,
    wake,
    point() {
      if (fate === null && oneIn > 0 && nextBelow(random, oneIn) === 0) {
        fate = nextBelow(random, 3) === 0 ? 'stalled' : 'dead';
        fall(fate);
        return fate === 'stalled' ? awake : new Promise<void>(() => {});
      }
      return fate === 'dead' ? new Promise<void>(() => {}) : Promise.resolve();
    },
  };
}

/** The database as one process sees it: killed before a transaction, or after its commit and before it hears of it. */
export const mortalDatabase = (db: Database, point: () => Promise<void>): Database =>
  new Proxy(db, {
    get(target, key) {
      const transaction: Database['transaction'] = async (body, config) => {
        await point();
        const result = await target.transaction(body, config);
        await point();
        return result;
      };
      return key === 'transaction' ? transaction : Reflect.get(target, key, target);
    },
  });

/** The connectors as one process sees them: killed before the target is asked, or after it did what it was asked to. */
export function mortalConnectors(connectors: Connectors, point: () => Promise<void>): Connectors {
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    await point();
    const answer = await call();
    await point();
    return answer;
  };
  return {
    ...connectors,
    async reader(name) {
      const found = await connectors.reader(name);
      if (!found.ok) return found;
      const { observer } = found.value;
      return ok({ ...found.value, observer: { ...observer, observe: () => around(() => observer.observe()) } });
    },
    actuatorFor(plan, mode) {
      const found = connectors.actuatorFor(plan, mode);
      if (!found.ok) return found;
      const actuator = found.value;
      return ok({ ...actuator, apply: (order: StepOrder) => around(() => actuator.apply(order)) });
    },
  };
}
