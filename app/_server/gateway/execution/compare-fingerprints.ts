/**
 * Invariant 3: what the plan read is what is there now. The answer names every object that moved on, what
 * the plan had seen in it and what is there instead. The plan itself holds versions only; the values it
 * saw are those that its inverse commands would bring back.
 */
import { objectOf, type PlanBody } from '@/engine/loop';
import { findObject, wantedValues } from '../../connectors/command-object';
import type { Observation, ObservedObject } from '../../connectors/connector';
import type { ObjectChange } from '../gateway-refusal';

export function changesSince(body: PlanBody, versions: ReadonlyMap<string, string>, observation: Observation): ObjectChange[] {
  const changes: ObjectChange[] = [];
  for (const [object, planVersion] of versions) {
    const now = findObject(observation, object);
    if (now?.version === planVersion) continue;
    const was = seenValues(body, object);
    changes.push({ object, planVersion, nowVersion: now?.version ?? null, was, is: now === undefined ? {} : valuesLike(was, now) });
  }
  return changes;
}

function seenValues(body: PlanBody, object: string): ObservedObject['values'] {
  const seen: Record<string, number | string | boolean | null> = {};
  for (const { inverse } of body.steps) {
    if (inverse === null || objectOf(inverse) !== object) continue;
    for (const [name, value] of Object.entries(wantedValues(inverse) ?? {})) if (!(name in seen)) seen[name] = value;
  }
  return seen;
}

const valuesLike = (was: ObservedObject['values'], { values }: ObservedObject): ObservedObject['values'] =>
  Object.keys(was).length === 0 ? values : Object.fromEntries(Object.keys(was).map((name) => [name, values[name] ?? null]));

export const describeChange = ({ object, planVersion, nowVersion, was, is }: ObjectChange): string => {
  if (nowVersion === null) return `${object} is gone (the plan read version ${planVersion})`;
  const values = Object.keys(is).map((name) => (name in was ? `${name} was ${String(was[name])}, is ${String(is[name])}` : `${name} is ${String(is[name])}`));
  return `${object} went from version ${planVersion} to ${nowVersion}${values.length === 0 ? '' : ` (${values.join('; ')})`}`;
};
