/** Calls made at once: consecutive calls of a service that name the same group, and how many of them must be answered. */
import { member, note, onlyKeys, readChoice, readNumber, readText, type SpecReader } from '../../../spec-reader';
import type { ServiceSpec } from '../../../system-spec';

/** `all`, `first`, or a quorum: so many good answers are enough, the others are not waited for. */
export type CallGroupSpec = { readonly name: string; readonly waitFor: 'all' | 'first' | number };

export type CallGroup = {
  /** Good answers needed; 0 stands for all. */
  readonly needs: number;
  /** Index of the group's last call. */
  readonly last: number;
};

export function readCallGroup(at: SpecReader): CallGroupSpec {
  onlyKeys(at, ['name', 'waitFor']);
  const waitFor = member(at, 'waitFor');
  return { name: readText(member(at, 'name')), waitFor: typeof waitFor.value === 'number' ? readNumber(waitFor, { min: 1, max: 1_000, integer: true }) : readChoice(waitFor, ['all', 'first']) };
}

/** The group that the call at `index` begins or belongs to; null for a call on its own. */
export function callGroup({ calls = [], groups = [] }: ServiceSpec, index: number): CallGroup | null {
  const name = calls[index]!.group;
  const spec = groups.find((group) => group.name === name);
  if (name === undefined || spec === undefined) return null;
  let last = index;
  while (calls[last + 1]?.group === name) last += 1;
  return { needs: spec.waitFor === 'all' ? 0 : spec.waitFor === 'first' ? 1 : spec.waitFor, last };
}

/** Groups that calls name exist, are used, and stand together. */
export function checkCallGroups(at: SpecReader, { calls = [], groups = [] }: ServiceSpec): void {
  const known = groups.map((group) => group.name);
  calls.forEach(({ group }, i) => {
    if (group === undefined) return;
    const place = { ...at, path: `${at.path}.calls[${i}].group` };
    if (!known.includes(group)) note(place, 'unknown-name', `there is no group "${group}"`, known.length === 0 ? 'add it to the groups of the service' : `known: ${known.join(', ')}`);
    const first = calls.findIndex((call) => call.group === group);
    if (calls.slice(first, i).some((call) => call.group !== group)) note(place, 'out-of-range', `the calls of group "${group}" do not stand together`, 'write them one after another');
  });
  known.forEach((name, i) => {
    if (known.indexOf(name) !== i) note({ ...at, path: `${at.path}.groups[${i}].name` }, 'duplicate', `"${name}" is used twice`, 'names are unique: rename one');
    else if (!calls.some((call) => call.group === name)) note({ ...at, path: `${at.path}.groups[${i}].name` }, 'unknown-name', `no call is in the group "${name}"`, 'name it in a call, or leave it out');
  });
}
