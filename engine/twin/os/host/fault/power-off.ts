/** Without power nothing is kept but the disk: memory, page cache and files that were only held open are gone. */
import { forgetFolios } from '../../memory';
import { rebootHost } from '../command/reboot-host';
import { noteEvent, type HostWorld } from '../host-world';
import { stopProgram } from '../program/program-life';
import { dropStrangers } from './strangers';

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
  noteEvent(world, 'power', world.spec.name, 'off');
}

/** The last cut is over: it boots. */
export function powerOn(world: HostWorld): void {
  world.trouble.powerCuts = Math.max(0, world.trouble.powerCuts - 1);
  if (world.trouble.powerCuts === 0) rebootHost(world);
}
