/**
 * How a pod starts, is probed and stops. A service of the twin has one process, so of several containers the
 * first that has a probe speaks for the pod. A preStop hook counts where it says its seconds; what a command
 * would take is not known.
 */
import { kubernetes } from '@/engine/twin';
import type { PodLife, ProbeRule } from '../../cluster-import';
import { noteField, type Ledger } from '../../fit-card/ledger';
import { isMembers } from '../../sanitize/sanitize';
import { countAt } from '../metadata';

const { child, itemsAt } = kubernetes;
const DAY_SECONDS = 86_400;
const KUBELET_GRACE_SECONDS = 30;

export function readPodLife(spec: kubernetes.Cursor): PodLife {
  const containers = itemsAt(child(spec, 'containers')) ?? [];
  const probe = (name: string): ProbeRule | null => {
    const found = containers.map((container) => child(container, name)).find(({ value }) => isMembers(value));
    return found === undefined ? null : probeOf(found);
  };
  const sleeps = containers.map((container) => countAt(child(child(child(child(container, 'lifecycle'), 'preStop'), 'sleep'), 'seconds'), 0, { max: DAY_SECONDS }));
  return {
    graceSeconds: countAt(child(spec, 'terminationGracePeriodSeconds'), KUBELET_GRACE_SECONDS, { max: DAY_SECONDS }),
    preStopSeconds: sleeps.reduce((longest, seconds) => Math.max(longest, seconds), 0),
    startup: probe('startupProbe'),
    readiness: probe('readinessProbe'),
    liveness: probe('livenessProbe'),
  };
}

const probeOf = (at: kubernetes.Cursor): ProbeRule => ({
  initialDelaySeconds: countAt(child(at, 'initialDelaySeconds'), 0, { max: DAY_SECONDS }),
  periodSeconds: countAt(child(at, 'periodSeconds'), 10, { min: 1, max: DAY_SECONDS }),
  timeoutSeconds: countAt(child(at, 'timeoutSeconds'), 1, { min: 1, max: DAY_SECONDS }),
  failureThreshold: countAt(child(at, 'failureThreshold'), 3, { min: 1, max: DAY_SECONDS }),
  successThreshold: countAt(child(at, 'successThreshold'), 1, { min: 1, max: DAY_SECONDS }),
});

/** A hook that sleeps is modelled, one that runs something is not. */
export function noteHooks(ledger: Ledger, container: unknown): void {
  if (!isMembers(container) || !isMembers(container.lifecycle)) return;
  for (const hook of Object.keys(container.lifecycle)) {
    const value = container.lifecycle[hook];
    const sleeps = hook === 'preStop' && isMembers(value) && isMembers(value.sleep);
    noteField(ledger, sleeps ? 'modelled' : 'notModelled', `Pod.container.lifecycle.${hook.slice(0, 60)}`, hook === 'preStop' ? 'how long its command takes is not known: the pod is told to stop at once' : 'hooks that run something do not run');
  }
}
