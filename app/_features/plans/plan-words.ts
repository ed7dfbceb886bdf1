/** Plans in words: what a state means and what comes next, what a command does, what a measured value says of its promise. */
import type { ServerAnswers } from '@/app/_lib/server/trpc';
import type { BadgeTone } from '@/app/_ui/badge';
import { hostOrderWords, isHostOrder, isMeshCommand, meshCommandWords, type Command, type EffectClass } from '@/engine/twin';

export type PlanSummary = ServerAnswers['plans']['list'][number];
export type PlanDetail = ServerAnswers['plans']['get'];
export type PlanState = PlanSummary['state'];
export type PromiseRow = ServerAnswers['promises']['list'][number];

type StateWords = { readonly tone: BadgeTone; readonly says: string };

export const STATE_WORDS: Readonly<Record<PlanState, StateWords>> = {
  draft: { tone: 'neutral', says: 'Written down; nobody was asked yet.' },
  proposed: { tone: 'neutral', says: 'In the inbox; it must be rehearsed before it can be approved.' },
  rehearsed: { tone: 'accent', says: 'Rehearsed on the twin; waits for an approval.' },
  approved: { tone: 'accent', says: 'Approved; nothing was sent yet.' },
  armed: { tone: 'watch', says: 'Armed; the executor takes it now.' },
  executing: { tone: 'watch', says: 'Steps are being sent.' },
  verifying: { tone: 'watch', says: 'Every step is applied; the promise is being measured.' },
  done: { tone: 'good', says: 'Applied, measured and scored.' },
  aborted: { tone: 'bad', says: 'Stopped before its end.' },
  undoing: { tone: 'watch', says: 'Its steps are being taken back.' },
  undone: { tone: 'neutral', says: 'Everything it did was taken back.' },
  stale: { tone: 'bad', says: 'The target changed since the plan read it. Nothing was sent.' },
  expired: { tone: 'neutral', says: 'Its time ran out; rehearse it again to bring it back.' },
  'needs-human': { tone: 'bad', says: 'Nobody can know whether a step took effect. A person must look.' },
  rejected: { tone: 'neutral', says: 'Somebody said no.' },
};

export const EFFECT_WORDS: Readonly<Record<EffectClass, string>> = {
  A: 'conditional: the target refuses a stale or repeated write',
  B: 'sets a value: repeating is harmless',
  C: 'neither: at most once, an unknown outcome needs a person',
};

export function commandWords(command: Command): string {
  if (isMeshCommand(command)) return meshCommandWords(command);
  if (isHostOrder(command)) return hostOrderWords(command);
  switch (command.kind) {
    case 'set-replicas':
      return `Set ${command.service} to ${command.replicas} replicas`;
    case 'set-cpu-quota':
      return command.quotaMillicores === null ? `Take the CPU quota off ${command.service}` : `Set the CPU quota of ${command.service} to ${command.quotaMillicores} mCPU per replica`;
    case 'restart-replica':
      return `Restart ${command.replica} of ${command.service}`;
    case 'roll-out':
      return `Replace every replica of ${command.service}${rolledRequests(command)}`;
    default:
      return `${command.kind.replace('-node', '').replace(/^./, (c) => c.toUpperCase())} ${command.node}`;
  }
}

function rolledRequests({ cpuRequestMillicores: cpu, memoryRequestMib: memory }: Extract<Command, { kind: 'roll-out' }>): string {
  const asked = [...(cpu === undefined ? [] : [`${cpu} mCPU`]), ...(memory === undefined ? [] : [`${memory} MiB`])];
  return asked.length === 0 ? '' : ` with requests of ${asked.join(' and ')}`;
}

const METRIC_WORDS: Readonly<Record<string, string>> = { latencyP95Ms: 'p95 latency', latencyMeanMs: 'mean latency', errorShare: 'error share', cpuCores: 'CPU', usdPerHour: 'CPU held, as money', downShare: 'time its programs are down', diskUsedShare: 'disk used' };
export const metricWords = (metric: string) => METRIC_WORDS[metric] ?? metric;

export const clockTime = (atUs: number) => new Date(atUs / 1_000).toLocaleTimeString('en-GB');
