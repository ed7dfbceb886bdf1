/** What is counted of requests: at each service, and as clients see them. A window ends with each frame, a total begins after the warm-up. */
import { addValue } from '@/engine/kernel';
import type { World } from '../../world';
import type { Service, ServiceWindow } from '../infra';
import { userThinks } from './closed/users';

type Count = 'offered' | 'served' | 'failed';

const isMeasured = (world: World) => world.nowUs >= world.warmUpUs;

export function countRequest(world: World, service: Service, what: Count): void {
  service.window[what] += 1;
  if (isMeasured(world)) service.total[what] += 1;
}

export function recordLatency(world: World, service: Service, latencyUs: number): void {
  addValue(service.window.latency, latencyUs);
  if (isMeasured(world)) addValue(service.total.latency, latencyUs);
}

/** A client's request that never reached its service; a closed load's user thinks and comes again. */
export function failClient(world: World, load: number): void {
  for (const into of clientCounts(world)) {
    into.offered += 1;
    into.failed += 1;
  }
  userThinks(world, load, 0);
}

export function countClient(world: World): void {
  for (const into of clientCounts(world)) into.offered += 1;
}

/** The answer, good or not, reaches who asked. */
export function answerClient(world: World, span: number, good: boolean): void {
  const { spans } = world.infra;
  const returnUs = spans.returnUs[span]!;
  const latencyUs = world.nowUs - spans.originUs[span]! + returnUs;
  for (const into of clientCounts(world)) {
    if (good) into.served += 1;
    else into.failed += 1;
    if (good) addValue(into.latency, latencyUs);
  }
  userThinks(world, spans.load[span]!, returnUs);
}

const clientCounts = (world: World): readonly ServiceWindow[] => {
  const { window, total } = world.infra.client;
  return isMeasured(world) ? [window, total] : [window];
};
