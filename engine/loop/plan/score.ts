/**
 * Score: what a candidate costs in dollars per hour, everything in one unit: the money of the CPU it
 * holds, the objectives it misses, the disruption of carrying it out (spread over one hour), settings that are not the configured ones. Less is better; the price of each term is the policy's.
 */
import { mean } from '@/engine/kernel';
import type { Command } from '@/engine/twin';
import type { Observation } from '../observe/observe';
import type { LoopPolicy } from '../policy';
import type { Rehearsal } from './rehearse';

/** `drift`: left out where every setting is as configured. */
export type Score = { readonly total: number; readonly cost: number; readonly missed: number; readonly disruption: number; readonly drift?: number };

export function scoreRehearsal(rehearsal: Rehearsal, observation: Observation, policy: LoopPolicy): Score {
  const at = rehearsal.subjects.findIndex((subject) => subject.metric === 'usdPerHour');
  const costs = (rehearsal.values[at] ?? []).flatMap((value) => value ?? []);
  const cost = costs.length === 0 ? 0 : mean(costs);
  const missed = rehearsal.missedShare * policy.usdPerMissedHour;
  const touched = rehearsal.proposal.commands.reduce((sum, command) => sum + replicasTouched(command, observation), 0);
  const disruption = touched * policy.usdPerDisruption;
  const drift = rehearsal.drift * policy.usdPerDriftHour;
  return { total: cost + missed + disruption + drift, cost, missed, disruption, ...(drift === 0 ? {} : { drift }) };
}

/** Replicas and programs that a command starts, stops or restarts; a quota changes in place. */
export function replicasTouched(command: Command, observation: Observation): number {
  switch (command.kind) {
    case 'set-replicas':
      return Math.abs(command.replicas - (observation.services.find((o) => o.service === command.service)?.replicas ?? command.replicas));
    case 'roll-out':
      return observation.services.find((o) => o.service === command.service)?.replicas ?? 1;
    case 'restart-replica':
    case 'migrate-program':
    case 'restart-program':
    case 'stop-program':
      return 1;
    case 'reboot-host':
      return observation.hosts?.find(({ host }) => host === command.host)?.programs.length ?? 1;
    default:
      return 0;
  }
}
