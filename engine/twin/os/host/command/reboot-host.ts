/** A reboot: every program is killed, the page cache is gone, and after the boot all of them start at once. */
import { forgetFolios } from '../../memory';
import { noteEvent, type HostWorld } from '../host-world';
import { startLater, stopProgram } from '../program/program-life';

/** Firmware, kernel and init of a small virtual machine; a start-up of its own is what each program adds. */
const BOOT_US = 4_000_000;

export function rebootHost(world: HostWorld): void {
  for (const program of world.programs) {
    stopProgram(world, program);
    startLater(world, program, BOOT_US);
  }
  world.reboots += 1;
  forgetFolios(world.memory.tree, () => true);
  noteEvent(world, 'exit', world.spec.name, 'reboot');
}
