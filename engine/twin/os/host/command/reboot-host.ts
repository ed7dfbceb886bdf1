/** A reboot: every program is killed, the page cache is gone, and after the boot all of them start at once. */
import { forgetFolios } from '../../memory';
import { noteEvent, type HostWorld } from '../host-world';
import { startLater, stopProgram } from '../program/program-life';

export function rebootHost(world: HostWorld): void {
  for (const program of world.programs) {
    stopProgram(world, program);
    startLater(world, program, world.upkeep.bootUs);
  }
  world.reboots += 1;
  world.upkeep.stale = [];
  world.upkeep.rebootNeeded = false;
  forgetFolios(world.memory.tree, () => true);
  noteEvent(world, 'reboot', world.spec.name, `up again after ${(world.upkeep.bootUs / 1e6).toFixed(1)} s`);
}
