/** Lets the node's CPUs run up to now and takes over what they did: finished spans, CPU time, throttled periods. */
import { cpuBusyUs, groupAccount, runCpuHost, type CpuListener } from '../../os/cpu';
import type { Infra, Node } from '../infra';
import type { KernelNode } from './kernel-node';

export function progressKernelNode(infra: Infra, node: Node, kernel: KernelNode, now: number): void {
  const elapsed = now - node.progressedUs;
  const { cpu } = kernel;
  const busyBefore = busyUs(kernel);
  const isWaiting = somebodyWaits(kernel);
  runCpuHost(cpu, now, listenerOf(infra, kernel));
  if (elapsed <= 0) return;
  node.progressedUs = now;
  node.usedCoreUs += busyUs(kernel) - busyBefore;
  if (isWaiting) node.pressureUs += elapsed;
  for (const [index, entry] of kernel.replicas) {
    const { cpuUs, periods, throttledPeriods } = groupAccount(cpu, entry.group);
    const replica = infra.replicas[index]!;
    replica.usedCoreUs += cpuUs - entry.seen.cpuUs;
    replica.periods += periods - entry.seen.periods;
    replica.throttledPeriods += throttledPeriods - entry.seen.throttledPeriods;
    infra.services[replica.service]!.total.cpuCoreUs += cpuUs - entry.seen.cpuUs;
    entry.seen = { cpuUs, periods, throttledPeriods };
  }
}

/** As PSI counts it: a thread that a quota has stopped waits for a CPU too. */
function somebodyWaits({ cpu, replicas, hogs }: KernelNode): boolean {
  const waits = (task: number) => cpu.tasks[task]!.state === 'runnable';
  for (const { lanes } of replicas.values()) for (const { task } of lanes) if (waits(task)) return true;
  return hogs.some(waits);
}

const busyUs = ({ cpu }: KernelNode) => cpu.cpus.reduce((sum, { id }) => sum + cpuBusyUs(cpu, id), 0);

/** A thread that has done its work leaves its span with nothing to do; the node's step finishes it. */
export const listenerOf = (infra: Infra, kernel: KernelNode): CpuListener => ({
  workDone: (_, task) => {
    for (const { lanes } of kernel.replicas.values()) for (const lane of lanes) if (lane.task === task && lane.span >= 0) infra.spans.remainingUs[lane.span] = 0;
  },
  called: () => undefined,
});
