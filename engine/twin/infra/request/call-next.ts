/** The calls of a request one after another or in groups, then its messages, and its entry in the log if it changes data. */
import { nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import type { World } from '../../world';
import { logWrite } from '../availability/replication/log';
import type { Service } from '../infra';
import { keepFetched } from '../traffic/cache/look-up';
import { drawCallCount } from '../traffic/draw-call-count';
import { endBranch, fanOut, isBranch } from '../traffic/fan-out/branch';
import { makeCall } from '../traffic/make-call';
import { publish } from '../traffic/queue/deliver';
import { finishSpan } from './finish-span';
import { waitInVain } from './work';

/** Makes the next calls of the span, as long as they are answered from caches; answers when none is left. */
export function callNext(world: World, span: number): void {
  const { infra } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  for (;;) {
    while (spans.callsLeft[span] === 0) {
      const index = (spans.callIndex[span] = spans.callIndex[span]! + 1);
      const call = service.calls[index];
      if (call === undefined) return spans.writes[span] === 1 ? commit(world, span, service) : finishSpan(world, span, publishAll(world, service));
      if (call.group === null) spans.callsLeft[span] = drawCallCount(service, call);
      else if (fanOut(world, span, call.group)) return;
    }
    spans.callsLeft[span] = spans.callsLeft[span]! - 1;
    if (!makeCall(world, span)) return;
  }
}

/** The span has what it called for: a branch tells its parent, a request makes its next call. */
export function goOn(world: World, span: number): void {
  const { spans } = world.infra;
  if (spans.item[span]! >= 0) keepFetched(world, span);
  if (isBranch(spans, span)) endBranch(world, span, true);
  else callNext(world, span);
}

/** A write is in the leader's log; synchronously it is answered when a follower has it too. */
function commit(world: World, span: number, service: Service): void {
  const { replication } = service;
  const leads = replication !== null && replication.leader === world.infra.spans.replica[span];
  if (replication === null || !leads || !publishAll(world, service)) return finishSpan(world, span, false);
  const confirmedUs = logWrite(world, replication);
  if (!replication.sync) return finishSpan(world, span, true);
  if (confirmedUs === Infinity) return waitInVain(world, span, service);
  schedule(world.queue, timeUs(confirmedUs), EventKind.writeReplicated, span, world.infra.spans.generation[span]!);
}

/** False when a queue was full. */
function publishAll(world: World, service: Service): boolean {
  let well = true;
  for (const { queue, whole, fraction } of service.publishes) {
    const count = whole + (fraction > 0 && nextUnit(service.choiceStream) < fraction ? 1 : 0);
    for (let i = 0; i < count; i += 1) well = publish(world, queue) && well;
  }
  return well;
}
