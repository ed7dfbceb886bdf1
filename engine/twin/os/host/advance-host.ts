/** Lets a host live on. In slices or whole, the outcome is the same. */
import { invariant } from '@/engine/kernel';
import { callAt, runCpuHost, type CpuListener } from '../cpu';
import { HostCall } from './host-call';
import type { HostWorld } from './host-world';
import { becomeReady, startDue } from './program/program-life';
import { changeByHand, mayReboot } from './command/apply-host-command';
import { noteExpiry, tryRenewal } from './upkeep/keep-certificates';
import { leak } from './program/program-memory';
import { writeLog } from './program/program-log';
import { arrive, downloaded, timerFires, waited, workDone } from './program/program-work';
import { watchIdle } from './power/host-idle';
import { isHeld, resumed, suspendHost, watchSleep } from './power/suspend-host';
import { watchPressure } from './sample/watch-pressure';
import { sampleHost } from './sample/sample-host';

/** Advances to `untilUs` (µs since the host's start, not before now). */
export function advanceHost(world: HostWorld, untilUs: number): void {
  runCpuHost(world.cpu, untilUs, listenerOf(world));
}

const listenerOf = (world: HostWorld): CpuListener => ({
  workDone: (_, task) => workDone(world, task),
  called: (_, kind, detail) => called(world, kind, detail),
  settled: () => {
    watchPressure(world);
    watchIdle(world);
    watchSleep(world);
  },
});

function called(world: HostWorld, kind: number, detail: number): void {
  if (isHeld(world, kind, detail)) return;
  switch (kind) {
    case HostCall.sample:
      sampleHost(world);
      return callAt(world.cpu, world.cpu.nowUs + world.sampleUs, HostCall.sample);
    case HostCall.start:
      return startDue(world, detail);
    case HostCall.startWaited:
      return becomeReady(world, detail);
    case HostCall.arrival:
      return arrive(world, detail);
    case HostCall.waited:
      return waited(world, detail);
    case HostCall.log:
      return writeLog(world, detail);
    case HostCall.timer:
      return timerFires(world, detail);
    case HostCall.leak:
      return leak(world, detail);
    case HostCall.downloaded:
      return downloaded(world, detail);
    case HostCall.byHand:
      return changeByHand(world, detail);
    case HostCall.renew:
      return tryRenewal(world, detail);
    case HostCall.expire:
      return noteExpiry(world, detail);
    case HostCall.stallOver:
      return; // what it waited for is done: the pressure is told anew
    case HostCall.mayReboot:
      return mayReboot(world);
    case HostCall.suspend:
      return suspendHost(world, detail);
    case HostCall.resumed:
      return resumed(world, detail).forEach((each) => called(world, each.kind, each.detail));
    default:
      invariant(false, `unknown call ${kind} of a host`);
  }
}
