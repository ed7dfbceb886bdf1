/** Lets a host live on. In slices or whole, the outcome is the same. */
import { invariant } from '@/engine/kernel';
import { callAt, runCpuHost, type CpuListener } from '../cpu';
import { HostCall } from './host-call';
import type { HostWorld } from './host-world';
import { becomeReady, imageCame, startDue } from './program/life/program-life';
import { changeByHand, mayReboot } from './command/apply/apply-host-command';
import { noteExpiry, tryRenewal } from './upkeep/keep-certificates';
import { growSnapshot, takeDueSnapshot } from './upkeep/keep-snapshots';
import { evict } from './upkeep/evict-program';
import { rotateLogs } from './upkeep/rotate-logs';
import { killStopping } from './program/life/ask-to-stop';
import { askProbe, probeIsLate } from './program/life/probe-program';
import { leak } from './program/memory/program-memory';
import { writeLog } from './program/work/program-log';
import { spool } from './program/work/program-spool';
import { stallOver } from './program/memory/program-stall';
import { touch } from './program/memory/program-swap';
import { downloaded, timerFires, workDone } from './program/work/program-work';
import { arrive, ioEnded, waited } from './program/work/serve-requests';
import { wakeFlusher } from './disk/flush-dirty';
import { continueIo, ioDone } from './disk/io-job';
import { thawedBackup } from './disk/run-backup';
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
      return stallOver(world, detail);
    case HostCall.touch:
      return touch(world, detail);
    case HostCall.ioDone:
      return ioDone(world, detail, ioEnded);
    case HostCall.ioStep:
      return continueIo(world, detail, ioEnded);
    case HostCall.flush:
      return wakeFlusher(world);
    case HostCall.backup:
      return thawedBackup(world, detail);
    case HostCall.evict:
      return evict(world);
    case HostCall.spool:
      return spool(world, detail);
    case HostCall.rotate:
      return rotateLogs(world);
    case HostCall.snapshot:
      return takeDueSnapshot(world);
    case HostCall.snapshotGrows:
      return growSnapshot(world);
    case HostCall.mayReboot:
      return mayReboot(world);
    case HostCall.pulled:
      return imageCame(world, detail);
    case HostCall.stopGrace:
      return killStopping(world, detail);
    case HostCall.probe:
    case HostCall.probe + 1:
    case HostCall.probe + 2:
      return askProbe(world, kind - HostCall.probe, detail);
    case HostCall.probeLate:
    case HostCall.probeLate + 1:
    case HostCall.probeLate + 2:
      return probeIsLate(world, kind - HostCall.probeLate, detail);
    case HostCall.suspend:
      return suspendHost(world, detail);
    case HostCall.resumed:
      return resumed(world, detail).forEach((each) => called(world, each.kind, each.detail));
    default:
      invariant(false, `unknown call ${kind} of a host`);
  }
}
