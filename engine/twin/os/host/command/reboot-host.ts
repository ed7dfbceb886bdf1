/** A boot, in order or not: whatever still runs is killed, the page cache is gone, and after the boot all of them start at once. */
import { forgetFolios } from '../../memory';
import { noteEvent, type HostWorld } from '../host-world';
import { forgetSleep } from '../power/suspend-host';
import { dropStrangers } from '../fault/strangers';
import { startLater, stopProgram } from '../program/life/program-life';

export function rebootHost(world: HostWorld): void {
  forgetSleep(world);
  delete world.trouble.rebootsWhenStopped;
  dropStrangers(world);
  world.trouble.upFromUs = world.cpu.nowUs + world.upkeep.bootUs;
  for (const program of world.programs) {
    if (program.phase === 'moved') continue;
    stopProgram(world, program);
    startLater(world, program, world.upkeep.bootUs);
  }
  world.reboots += 1;
  world.upkeep.stale = [];
  world.upkeep.rebootNeeded = false;
  forgetFolios(world.memory.tree, () => true);
  noteEvent(world, 'reboot', world.spec.name, `up again after ${(world.upkeep.bootUs / 1e6).toFixed(1)} s`);
}
