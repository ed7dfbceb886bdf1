/** Brings the threads of a kernel node in line with what its replicas work on, and says when something happens next. */
import { nextEventAt } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, endCpuTask, giveWork, runCpuHost, setQuota, weightOfShares } from '../../os/cpu';
import type { Infra, Node } from '../infra';
import type { KernelNode, KernelReplica } from './kernel-node';
import { listenerOf, progressKernelNode } from './progress-kernel-node';

const PERIOD_US = 100_000;
/** Kubernetes: shares = request × 1024 per core, at least 2. */
const SHARES_MIN = 2;

/** The next moment at which a thread may end or be stopped; Infinity when all are idle. */
export function shareKernelNode(infra: Infra, node: Node, kernel: KernelNode, now: number): number {
  progressKernelNode(infra, node, kernel, now);
  for (const [index, entry] of kernel.replicas) if (!node.replicas.includes(index)) freeLanes(infra, kernel, entry, []);
  for (const index of node.replicas) {
    const replica = infra.replicas[index]!;
    const entry = kernel.replicas.get(index) ?? addReplica(infra, kernel, index);
    const { quotaMillicores } = infra.services[replica.service]!;
    if (entry.quotaMillicores !== quotaMillicores) setQuota(kernel.cpu, entry.group, { quotaUs: quotaUs(quotaMillicores), periodUs: PERIOD_US, burstUs: 0 });
    entry.quotaMillicores = quotaMillicores;
    freeLanes(infra, kernel, entry, replica.running);
    for (const span of replica.running) if (!entry.lanes.some((lane) => lane.span === span)) beginSpan(infra, kernel, entry, span, node.speed);
  }
  setHogs(kernel, node.hogThreads);
  runCpuHost(kernel.cpu, now, listenerOf(infra, kernel));
  const isDone = node.replicas.some((index) => infra.replicas[index]!.running.some((span) => infra.spans.remainingUs[span] === 0));
  return isDone ? now : nextEventAt(kernel.cpu.events);
}

const quotaUs = (millicores: number | null) => (millicores === null ? Infinity : (millicores / 1_000) * PERIOD_US);

function addReplica(infra: Infra, { cpu, pods, replicas }: KernelNode, index: number): KernelReplica {
  const replica = infra.replicas[index]!;
  const { cpuRequest, quotaMillicores } = infra.services[replica.service]!;
  const group = addCpuGroup(cpu, { name: replica.name, parent: pods, weight: weightOfShares(Math.max(SHARES_MIN, Math.round((cpuRequest / 1_000) * 1_024))), quotaUs: quotaUs(quotaMillicores), periodUs: PERIOD_US });
  const entry: KernelReplica = { group, quotaMillicores, lanes: [], seen: { cpuUs: 0, periods: 0, throttledPeriods: 0 } };
  replicas.set(index, entry);
  return entry;
}

/** A thread whose span is gone (finished, timed out, its replica killed) is free; one that was still at it ends, a new one takes its place. */
function freeLanes({ spans }: Infra, { cpu }: KernelNode, entry: KernelReplica, running: readonly number[]): void {
  for (const lane of entry.lanes) {
    if (lane.span < 0 || (running.includes(lane.span) && spans.generation[lane.span] === lane.generation)) continue;
    lane.span = -1;
    if (cpu.tasks[lane.task]!.workUs === 0) continue;
    endCpuTask(cpu, lane.task);
    lane.task = addCpuTask(cpu, { name: `thread ${entry.lanes.indexOf(lane)}`, group: entry.group });
  }
}

function beginSpan(infra: Infra, { cpu }: KernelNode, entry: KernelReplica, span: number, speed: number): void {
  let lane = entry.lanes.find((each) => each.span < 0);
  if (lane === undefined) {
    lane = { task: addCpuTask(cpu, { name: `thread ${entry.lanes.length}`, group: entry.group }), span: -1, generation: 0 };
    entry.lanes.push(lane);
  }
  lane.span = span;
  lane.generation = infra.spans.generation[span]!;
  giveWork(cpu, lane.task, Math.max(1, infra.spans.remainingUs[span]! / speed));
}

function setHogs(kernel: KernelNode, threads: number): void {
  while (kernel.hogs.length > threads) endCpuTask(kernel.cpu, kernel.hogs.pop()!);
  while (kernel.hogs.length < threads) {
    const task = addCpuTask(kernel.cpu, { name: `hog ${kernel.hogs.length}`, group: kernel.system });
    giveWork(kernel.cpu, task, Infinity);
    kernel.hogs.push(task);
  }
}
