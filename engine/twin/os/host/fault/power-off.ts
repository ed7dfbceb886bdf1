/** Without power nothing is kept but the disk: memory, page cache and files that were only held open are gone. */
import { dirtyBytes, takeOldest } from '../../disk';
import { forgetFolios } from '../../memory';
import { rebootHost } from '../command/reboot-host';
import { noteEvent, type HostWorld } from '../host-world';
import { stopProgram } from '../program/life/program-life';
import { dropStrangers } from './strangers';

const BYTES_PER_MIB = 1_048_576;

export function powerOff(world: HostWorld): void {
  world.trouble.powerCuts += 1;
  if (world.trouble.powerCuts > 1) return;
  dropStrangers(world);
  for (const program of world.programs) {
    if (program.phase === 'moved') continue;
    stopProgram(world, program);
    program.phase = 'down';
    program.lastExit = null;
  }
  forgetFolios(world.memory.tree, () => true);
  const lostMib = world.io === null ? 0 : takeOldest(world.io.cache, dirtyBytes(world.io.cache)) / BYTES_PER_MIB;
  noteEvent(world, 'power', world.spec.name, lostMib > 0 ? `off; ${lostMib.toFixed(1)} MiB were written and not yet on the disk` : 'off');
}

/** The last cut is over: it boots. */
export function powerOn(world: HostWorld): void {
  world.trouble.powerCuts = Math.max(0, world.trouble.powerCuts - 1);
  if (world.trouble.powerCuts === 0) rebootHost(world);
}
