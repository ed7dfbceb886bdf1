/**
 * Every command of the program, one line each; the module behind a line is loaded only when it is run, so
 * `--help` stays quick and one command's packages never slow another down.
 */
import type { Command } from './command';

export type CommandEntry = { readonly name: string; readonly summary: string; load(): Promise<{ readonly command: Command }> };

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'bench events', summary: 'events per second of the kernel, on M/M/1 stations', load: () => import('./commands/bench-events') },
  { name: 'bench forecast', summary: 'accuracy of the forecasters on the M4 hourly series', load: () => import('./commands/bench-forecast') },
  { name: 'bench cluster', summary: 'a simulated day of a whole cluster: scheduler, autoscalers, services, failures', load: () => import('./commands/bench-cluster') },
  { name: 'bench cpu-power', summary: 'published watts per vCPU of processor families, computed again', load: () => import('./commands/bench-cpu-power') },
  { name: 'bench energy', summary: 'a published energy and carbon experiment', load: () => import('./commands/bench-energy') },
  { name: 'bench placement', summary: 'a published GPU placement experiment, one policy and one seed', load: () => import('./commands/bench-placement') },
  { name: 'bench scheduler', summary: 'pods placed per second with the default Kubernetes profile', load: () => import('./commands/bench-scheduler') },
  { name: 'bench flow', summary: 'requests one by one against flows, on growing call graphs', load: () => import('./commands/bench-flow') },
  { name: 'bench host', summary: 'a Linux host with every scheduling decision, and many hosts as fluids', load: () => import('./commands/bench-host') },
  { name: 'bench identity', summary: 'workloads without a valid SVID against the length of an outage', load: () => import('./commands/bench-identity') },
  { name: 'bench mesh', summary: 'cost, convergence and speed of a loss-free mesh', load: () => import('./commands/bench-mesh') },
  { name: 'claims', summary: 'what is claimed of hosts, lived: container start, boot, “remediated” disks, cleared caches, limit rules', load: () => import('./commands/claims') },
  { name: 'conformance', summary: 'the Kubernetes rules against facts taken from upstream', load: () => import('./commands/conformance') },
  { name: 'forecast', summary: 'means and prediction intervals for any number of series', load: () => import('./commands/forecast') },
  { name: 'cost', summary: 'the bill of a scenario or a recording, with its parts, owners, energy and carbon', load: () => import('./commands/cost') },
  { name: 'compare', summary: 'two finished runs against each other', load: () => import('./commands/compare') },
  { name: 'fidelity host', summary: 'the twin of a host against records of a real one, and the textbook', load: () => import('./commands/fidelity-host') },
  { name: 'fidelity mesh', summary: 'the mesh twin against recordings of real kernels', load: () => import('./commands/fidelity-mesh') },
  { name: 'import cluster', summary: 'kubectl exports, manifests, Terraform plans and Compose files, as a scenario with its fit card', load: () => import('./commands/import-cluster') },
  { name: 'import mesh', summary: 'maps, batctl tables and scenarios of meshes, as a mesh of the twin', load: () => import('./commands/import-mesh') },
  { name: 'show mesh', summary: 'a simulated router’s tables as batctl prints them, NetJSON, counters', load: () => import('./commands/show-mesh') },
  { name: 'sweep mesh', summary: 'every single failure of a mesh, critical routers, the best place for one more', load: () => import('./commands/sweep-mesh') },
  { name: 'study schedulers', summary: 'tasks on one CPU under round robin, priorities, CFS, EEVDF and a policy of your own', load: () => import('./commands/study-schedulers') },
  { name: 'simulate', summary: 'one run of one scenario, with its state hash', load: () => import('./commands/simulate') },
  { name: 'twin host', summary: 'a host record or scenario, simulated in the format of the records', load: () => import('./commands/twin-host') },
  { name: 'twin mesh', summary: 'a mesh scenario, simulated in the format of the kernel recordings', load: () => import('./commands/twin-mesh') },
  { name: 'sweep', summary: 'variants of a scenario over paired seeds', load: () => import('./commands/sweep') },
  { name: 'right-size', summary: 'requests by p95, VPA or KRR, played: OOM kills, throttling, autoscaler feedback, machines, savings', load: () => import('./commands/right-size') },
  { name: 'replay', summary: 'a recording through the decision loop, one line per turn', load: () => import('./commands/replay') },
  { name: 'audit verify', summary: 'an exported audit log, checked without the server', load: () => import('./commands/audit-verify') },
  { name: 'stop', summary: 'the kill switch of a running workbench', load: () => import('./commands/stop') },
];
