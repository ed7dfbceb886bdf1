/** Every operation of every area of facts. */
import type { Operation, Operations } from './fact';
import { HPA_OPERATIONS } from './hpa/operations';
import { NODE_OPERATIONS } from './node/operations';
import { SCHEDULER_OPERATIONS } from './scheduler/operations';
import { VPA_OPERATIONS } from './vpa/operations';

const AREAS: Readonly<Record<string, Operations>> = { scheduler: SCHEDULER_OPERATIONS, hpa: HPA_OPERATIONS, vpa: VPA_OPERATIONS, node: NODE_OPERATIONS };

export const AREA_NAMES = Object.keys(AREAS);

export function operationOf(area: string, op: string): Operation | undefined {
  const operations = Object.hasOwn(AREAS, area) ? AREAS[area]! : {};
  return Object.hasOwn(operations, op) ? operations[op] : undefined;
}
