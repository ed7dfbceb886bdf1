/**
 * Time that a hypervisor takes from a CPU and gives to others: nobody is charged for it, and whoever runs makes no
 * progress (`paravirt_steal_clock`: the scheduler's clock stands still meanwhile).
 */
import { chargeCpu } from './charge-time';
import { NONE, type CpuHost } from './cpu-host';
import { armRunEnd } from './reschedule';

export function stealTime(host: CpuHost, id: number, us: number): void {
  const cpu = host.cpus[id]!;
  chargeCpu(host, id);
  cpu.stolenUntilUs = Math.max(host.nowUs, cpu.stolenUntilUs) + us;
  if (cpu.task === NONE) return;
  for (let entity = host.entities[host.tasks[cpu.task]!.entity]!; ; ) {
    entity.ranSinceUs = cpu.stolenUntilUs;
    const { entity: above } = host.queues[entity.queue]!;
    if (above === NONE) break;
    entity = host.entities[above]!;
  }
  armRunEnd(host, cpu);
}
