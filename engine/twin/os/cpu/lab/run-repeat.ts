/** Plays one repeat: spawn, ready, go, measure between the window's ends, let the last items finish. */
import { nextExponential } from '@/engine/kernel';
import { callAt, giveWork, groupAccount, runCpuHost, stealTime, taskAccount, type CpuListener } from '../exact';
import { applyLabEvent, writeFile } from './apply-lab-event';
import type { CpuLabScenario, RepeatInput } from './cpu-lab-scenario';
import type { LabHost } from './lab-host';
import { drawnItems, itemDue, processDone, processReady, restartProcess, serveNext, spawnProcess, startItem, type LabSpawn } from './lab-process';
import { LabCall, type LabAccounts, type LabRunState } from './lab-run-state';
import { RECORDING_HOST } from './recording-host';

/** Time before the first process: daemons and timers get out of step. */
const FIRST_SPAWN_US = 200_000;
/** The laboratory waits so long for items that are still being served. */
const PATIENCE_US = 3_000_000;
const WARM_S = 1;

export function playRepeat(scenario: CpuLabScenario, lab: LabHost, cpus: number, workScale: number, input: RepeatInput): LabRunState {
  const run: LabRunState = { scenario, rep: input.rep, lab, cpus, processes: [], workScale, startUs: Infinity, endUs: Infinity, opened: undefined, closed: undefined, events: [] };
  for (const { name, set = {} } of scenario.groups) for (const [file, value] of Object.entries(set)) writeFile(run, name, file, value);
  const spawns = spawnsOf(scenario, input);
  spawns.forEach((_, i) => callAt(lab.host, FIRST_SPAWN_US + i * RECORDING_HOST.spawnGapUs, LabCall.spawn, i));
  giveWork(lab.host, lab.recorder, RECORDING_HOST.sampleUs);
  lab.daemons.forEach((_, i) => callAt(lab.host, RECORDING_HOST.sampleUs, LabCall.daemon, i));
  lab.host.cpus.forEach(({ id }) => planSteal(run, id));
  const listener = listen(run, spawns);
  runCpuHost(lab.host, FIRST_SPAWN_US + spawns.length * RECORDING_HOST.spawnGapUs, listener);
  if (!spawns.some(({ spec }) => spec.kind === 'duty')) begin(run);
  const step = 1_000_000;
  while (!isOver(run)) runCpuHost(lab.host, lab.host.nowUs + step, listener);
  return run;
}

const isOver = ({ lab, endUs, processes }: LabRunState) =>
  lab.host.nowUs > endUs + PATIENCE_US || (lab.host.nowUs > endUs && processes.every(({ kind, phase }) => kind === 'busy' || phase === 'ended'));

function spawnsOf(scenario: CpuLabScenario, input: RepeatInput): LabSpawn[] {
  let duties = 0;
  return scenario.groups.flatMap((group) =>
    (group.procs ?? []).flatMap((spec) =>
      Array.from({ length: spec.count ?? 1 }, (_, k): LabSpawn => {
        const drawn = drawnItems({ scenario, rep: input.rep }, spec, k);
        const given = spec.duty === undefined ? [] : (input.items[duties++] ?? []);
        const last = given.at(-1)?.arriveUs ?? -1;
        return { group: group.name, spec, k, items: [...given, ...drawn.filter(({ arriveUs }) => arriveUs > last + 1)], tries: 0 };
      }),
    ),
  );
}

function listen(run: LabRunState, spawns: readonly LabSpawn[]): CpuListener {
  const { host } = run.lab;
  return {
    workDone(_host, task) {
      const process = run.processes.find((one) => one.task === task);
      if (process !== undefined) processDone(run, process);
    },
    called(_host, subject, detail) {
      switch (subject) {
        case LabCall.spawn:
          giveWork(host, run.lab.recorder, RECORDING_HOST.spawnUs);
          return spawnProcess(run, spawns[detail]!);
        case LabCall.restart:
          return restartProcess(run, run.processes[detail]!);
        case LabCall.ready:
          if (run.startUs < Infinity) processReady(run, run.processes[detail]!);
          else if (run.processes.length === spawns.length && run.processes.every(({ kind, phase }) => kind === 'busy' || phase !== 'starting')) begin(run);
          return;
        case LabCall.begin:
          for (const process of run.processes) if (process.kind === 'duty' && process.originUs === run.startUs) serveNext(run, process);
          return;
        case LabCall.due:
          return itemDue(run, run.processes[detail]!);
        case LabCall.start:
          return startItem(run, run.processes[detail]!, RECORDING_HOST.itemOverheadUs);
        case LabCall.sample:
          giveWork(host, run.lab.recorder, RECORDING_HOST.sampleUs);
          return callAt(host, host.nowUs + 1e6 / (run.scenario.sampleHz ?? 5), LabCall.sample, 0);
        case LabCall.daemon:
          giveWork(host, run.lab.daemons[detail]!, RECORDING_HOST.daemonUs);
          return callAt(host, host.nowUs + nextExponential(run.lab.random, RECORDING_HOST.daemonGapUs), LabCall.daemon, detail);
        case LabCall.steal:
          stealTime(host, detail, RECORDING_HOST.stolenUs);
          return planSteal(run, detail);
        case LabCall.event:
          return applyLabEvent(run, run.scenario.events![detail]!);
        case LabCall.windowOpens:
          run.opened = accounts(run);
          return;
        case LabCall.windowCloses:
          run.closed = accounts(run);
      }
    },
  };
}

function planSteal({ lab }: LabRunState, cpu: number): void {
  callAt(lab.host, lab.host.nowUs + nextExponential(lab.random, RECORDING_HOST.stolenGapUs), LabCall.steal, cpu);
}

/** All processes are ready: the clock starts after a moment. */
function begin(run: LabRunState): void {
  const { host } = run.lab;
  const { scenario } = run;
  run.startUs = host.nowUs + RECORDING_HOST.settleUs;
  run.endUs = run.startUs + scenario.durationS * 1e6;
  for (const process of run.processes) process.originUs = run.startUs;
  callAt(host, run.startUs + RECORDING_HOST.goHeardUs, LabCall.begin, 0);
  callAt(host, run.startUs, LabCall.sample, 0);
  (scenario.events ?? []).forEach((event, i) => callAt(host, run.startUs + event.tS * 1e6, LabCall.event, i));
  callAt(host, run.startUs + (scenario.warmS ?? WARM_S) * 1e6, LabCall.windowOpens, 0);
  callAt(host, run.endUs, LabCall.windowCloses, 0);
}

function accounts({ lab, processes, scenario }: LabRunState): LabAccounts {
  return {
    atUs: lab.host.nowUs,
    groups: scenario.groups.map(({ name }) => groupAccount(lab.host, lab.groups.get(name)!)),
    tasks: processes.map((process) => (process.phase === 'ended' ? undefined : taskAccount(lab.host, process.task))),
  };
}
