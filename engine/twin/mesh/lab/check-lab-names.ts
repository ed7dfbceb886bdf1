/** Names in a laboratory scenario: unique, and known where they are used. */
import { member, note, type SpecReader } from '../../spec-reader';
import type { LabScenario } from './lab-scenario';

export function checkLabNames(at: SpecReader, scenario: LabScenario): void {
  const names = new Set<string>();
  scenario.nodes.forEach((name, i) => {
    if (names.has(name)) note(member(member(at, 'nodes'), String(i)), 'duplicate', `"${name}" is used twice`, 'names are unique: rename one');
    names.add(name);
  });
  const known = (path: string, name: string) => {
    if (name !== '' && !names.has(name)) note(member(at, path), 'unknown-name', `there is no node "${name}"`, `known: ${[...names].slice(0, 8).join(', ')}`);
  };
  const linked = new Set(scenario.links.flatMap(({ a, b }) => [`${a}|${b}`, `${b}|${a}`]));
  scenario.links.forEach(({ a, b }, i) => {
    known(`links[${i}].a`, a);
    known(`links[${i}].b`, b);
    if (a === b && a !== '') note(member(at, `links[${i}]`), 'out-of-range', 'a link joins two nodes', 'name another node');
  });
  const pairs = new Set<string>();
  scenario.links.forEach(({ a, b }, i) => {
    const pair = [a, b].sort((x, y) => (x < y ? -1 : 1)).join('|');
    if (pairs.has(pair)) note(member(at, `links[${i}]`), 'duplicate', `"${a}" and "${b}" are joined twice`, 'keep one link between two nodes');
    pairs.add(pair);
  });
  for (const key of ['nodeSettings', 'startAt'] as const) for (const name of Object.keys(scenario[key] ?? {})) known(`${key}.${name}`, name);
  scenario.pings.forEach(({ src, dst }, i) => (known(`pings[${i}].src`, src), known(`pings[${i}].dst`, dst)));
  scenario.capture.forEach(({ node, peer }, i) => {
    known(`capture[${i}].node`, node);
    if (scenario.medium === 'link' && !linked.has(`${node}|${peer}`)) note(member(at, `capture[${i}].peer`), 'unknown-name', `${node} has no link to "${peer ?? ''}"`, 'name the node at the other end of the link whose interface is to be captured');
  });
  scenario.events.forEach((event, i) => {
    if ('node' in event) known(`events[${i}].node`, event.node);
    else if (!linked.has(`${event.a}|${event.b}`)) note(member(at, `events[${i}]`), 'unknown-name', `there is no link between "${event.a}" and "${event.b}"`, 'name the two ends of a link of this scenario');
    if (event.type.startsWith('carrier') && scenario.medium === 'radio') note(member(at, `events[${i}].type`), 'out-of-range', 'a radio has no carrier of one link', 'use link_cut, or medium "link"');
  });
}
