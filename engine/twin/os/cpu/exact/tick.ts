/** The timer interrupt of a busy CPU: time is charged, shares follow the loads, slices end, loads are balanced. */
import { balanceAtTick } from './balance/balance-load';
import { chargeCpu } from './charge-time';
import { NONE, type Cpu, type CpuHost } from './cpu-host';
import { updateGroupShare } from './group-share';
import { averageActivity, averageCpu, averageQueueLoad } from './load-average';
import { armTick } from './reschedule';

export function tickCpu(host: CpuHost, cpu: Cpu): void {
  cpu.tickPending = false;
  if (cpu.task === NONE) return;
  chargeCpu(host, cpu.id);
  averageCpu(host, cpu);
  let entity = host.entities[host.tasks[cpu.task]!.entity]!;
  for (;;) {
    const queue = host.queues[entity.queue]!;
    averageActivity(host, entity);
    averageQueueLoad(host, queue);
    if (entity.own !== NONE) updateGroupShare(host, host.queues[entity.own]!);
    if (queue.entity === NONE) break;
    entity = host.entities[queue.entity]!;
  }
  balanceAtTick(host, cpu);
  armTick(host, cpu);
}
