/** Validates a host fault against the hosts it is meant for. */
import { has, member, note, readNumber, readText, type SpecReader } from '../../../spec-reader';
import type { HostSpec } from '../spec/host-spec';
import type { HostFault, PlacedHostFault } from './host-fault';

/** `keys` checks the members besides kind and times. */
export function readHostFault(at: SpecReader, kind: HostFault['kind'], hosts: readonly HostSpec[], keys: (...own: string[]) => void): PlacedHostFault {
  const own = (...more: string[]) => keys('host', ...more);
  const name = (key: string, known: readonly string[], of: string) => {
    const text = readText(member(at, key));
    if (text !== '' && !known.includes(text)) note(member(at, key), 'unknown-name', `there is no ${key} "${text}"${of}`, known.length === 0 ? 'there is none: add one' : `known: ${known.slice(0, 8).join(', ')}`);
    return text;
  };
  const host = name('host', hosts.map((each) => each.name), ' in this system');
  const spec = hosts.find((each) => each.name === host);
  const number = (key: string, min: number, max: number, integer = false) => readNumber(member(at, key), { min, max, integer });
  const program = () => name('program', spec?.programs.map((each) => each.name) ?? [], ` on ${host}`);
  switch (kind) {
    case 'host-crash':
    case 'host-power-loss':
    case 'host-network-cut':
      own();
      return { kind, host };
    case 'host-disk-read-only':
      own();
      if (spec !== undefined && spec.disk === undefined) note(member(at, 'host'), 'missing', `the disk of "${host}" is not known`, 'add disk: { sizeMib, usedMib } to the host');
      return { kind, host };
    case 'host-slow-disk':
      own('factor');
      return { kind, host, factor: number('factor', 1, 100_000) };
    case 'host-cpu-thief':
      own('threads', 'group');
      return { kind, host, threads: number('threads', 1, 1_000, true), ...(has(at, 'group') ? { group: name('group', spec?.groups.map((each) => each.name) ?? [], ` on ${host}`) } : {}) };
    case 'host-clock-skew':
      own('skewSeconds');
      return { kind, host, skewSeconds: number('skewSeconds', -1e9, 1e9) };
    case 'program-leak':
      own('program', 'mibPerSecond');
      return { kind, host, program: program(), mibPerSecond: number('mibPerSecond', 0, 100_000) };
    case 'program-kill':
    case 'program-freeze':
      own('program');
      return { kind, host, program: program() };
    case 'program-load-factor': {
      own('program', 'factor');
      const named = program();
      if (spec?.programs.find((each) => each.name === named)?.load.kind !== 'requests' && spec !== undefined) note(member(at, 'program'), 'out-of-range', `"${named}" answers no requests`, 'name a program whose load is requests');
      return { kind, host, program: named, factor: number('factor', 0.001, 1_000) };
    }
  }
}
