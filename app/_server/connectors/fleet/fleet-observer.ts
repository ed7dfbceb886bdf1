/** Reads the fleet: one object per service, with the version that a conditional write must name. */
import { err, ok } from '@/engine/kernel';
import type { Observer } from '../connector';
import { readFleetState } from './fleet-client';

/** `url` is asked each time: the fleet may have been started again somewhere else, or not run at all. */
export const fleetObserver = (url: () => string | null, nowUs: () => number): Observer => ({
  connector: 'fleet',
  async observe() {
    const at = url();
    if (at === null) return err({ code: 'unreachable', detail: 'the fleet is not running' });
    const state = await readFleetState(at);
    if (!state.ok) return state;
    const objects = Object.entries(state.value.services).map(([name, { version, replicas, replicasMin, replicasMax, ready, quotaMillicores }]) => ({
      object: `service/${name}`,
      version,
      values: { replicas, quotaMillicores, ready, replicasMin, replicasMax },
    }));
    return ok({ atUs: nowUs(), version: state.value.version, objects });
  },
});
