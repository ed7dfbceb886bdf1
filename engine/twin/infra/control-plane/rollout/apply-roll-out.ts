/** The command that replaces every pod of a service under its strategy: a restart, or new requests for all of them. */
import { err, mebibytes, ok, type Result } from '@/engine/kernel';
import type { Command, Refusal } from '../../../command';
import type { World } from '../../../world';
import { startRollOut } from './roll-out';

type RollOut = Extract<Command, { kind: 'roll-out' }>;

const MILLICORES_MAX = 1_000_000;
const MIB_MAX = 10_000_000;

export function applyRollOut(world: World, index: number, { service: name, cpuRequestMillicores: cpu, memoryRequestMib: memory }: RollOut): Result<void, Refusal> {
  const { rules } = world.infra.services[index]!;
  if (cpu !== undefined && !(Number.isInteger(cpu) && cpu >= 0 && cpu <= MILLICORES_MAX)) return err({ code: 'out-of-range', what: `CPU request of ${name}`, value: cpu, min: 0, max: MILLICORES_MAX });
  if (memory !== undefined && !(memory >= 0 && memory <= MIB_MAX)) return err({ code: 'out-of-range', what: `memory request of ${name}`, value: memory, min: 0, max: MIB_MAX });
  if (cpu !== undefined) rules.cpuRequest = cpu;
  if (memory !== undefined) rules.memoryRequestBytes = mebibytes(memory);
  startRollOut(world, index);
  return ok(undefined);
}
