/** What on the Linux hosts calls for a decision: the findings of the host twin, under the name `host/what`. */
import { os } from '@/engine/twin';
import type { HostObservation } from '../observe/observe-hosts';
import type { Finding } from './analyze';

/** By host as observed, then in the order of the host's own findings. */
export const analyzeHosts = (hosts: readonly HostObservation[]): Finding[] =>
  hosts.flatMap(({ host, samples }) =>
    os.findInSamples(host, samples).map(({ kind, subject, severity, value, limit, unit, detail, dueSeconds }): Finding => ({ kind, subject: subject === host ? host : os.hostServiceName(host, subject), severity, value, limit, unit, detail, ...dueOf(dueSeconds) })),
  );

const dueOf = (due: os.FoundOnHost['dueSeconds']): Pick<Finding, 'dueSeconds'> =>
  due === undefined || !Number.isFinite(due.expected) ? {} : { dueSeconds: { expected: due.expected, earliest: due.earliest, latest: Number.isFinite(due.latest) ? due.latest : null } };
