/** What every service experiment hears besides its own timers: pieces of work done, requests due, and the laboratory's own daemons and recorder. */
import { nextExponential } from '@/engine/kernel';
import { addCpuTask, callAt, giveWork, ROOT_GROUP, type CpuListener } from '../cpu/exact';
import { RECORDING_HOST } from '../cpu/lab/recording-host';
import { noteIdle } from './cpu-idle';
import { beginSpin, requestDue } from './load-generator';
import { pieceDone } from './loop-thread';
import { ServiceCall, type ServiceRun } from './service-run';

/** Daemons and recorder run this long before the first request. */
export const SETTLE_US = 300_000;

export type LabListenerSpec = { readonly control: number; readonly samplesPerS: number; /** Hears every timer that is not theirs. */ readonly other: (subject: number, detail: number) => void };

/** Adds the daemons and the recorder (in `control`), arms their timers, and gives the listener. */
export function labListener(run: ServiceRun, { control, samplesPerS, other }: LabListenerSpec): CpuListener {
  const { host } = run;
  const recorder = addCpuTask(host, { name: 'recorder', group: control });
  const daemons = Array.from({ length: RECORDING_HOST.daemons }, (_, i) => addCpuTask(host, { name: `daemon${i}`, group: ROOT_GROUP }));
  daemons.forEach((_, i) => callAt(host, nextExponential(run.random, RECORDING_HOST.daemonGapUs), ServiceCall.daemon, i));
  callAt(host, SETTLE_US, ServiceCall.sample);
  return {
    workDone(_, task) {
      const thread = run.threadOfTask.get(task);
      if (thread !== undefined) pieceDone(run, run.threads[thread]!);
    },
    settled: () => noteIdle(run.idle, host),
    called(_, subject, detail) {
      if (subject === ServiceCall.due) requestDue(run, detail);
      else if (subject === ServiceCall.spinStart) beginSpin(run, detail);
      else if (subject === ServiceCall.daemon) {
        giveWork(host, daemons[detail]!, RECORDING_HOST.daemonUs);
        callAt(host, host.nowUs + nextExponential(run.random, RECORDING_HOST.daemonGapUs), ServiceCall.daemon, detail);
      } else if (subject === ServiceCall.sample) {
        giveWork(host, recorder, RECORDING_HOST.sampleUs);
        callAt(host, host.nowUs + 1e6 / samplesPerS, ServiceCall.sample);
      } else other(subject, detail);
    },
  };
}
