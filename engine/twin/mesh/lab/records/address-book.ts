/** Addresses as the laboratory deals them out, so that readers of recordings find interfaces of a simulation too: 02:ba, node, interface. */
import type { LabScenario } from '../lab-scenario';

export type LabInterface = { readonly node: string; readonly primary: boolean; readonly peer?: string };

/** Every interface by its address; a node's first is primary. A radio has no peer, a node without links no cable. */
export function addressBook({ nodes, links, medium }: LabScenario): Readonly<Record<string, LabInterface>> {
  const peers = new Map(nodes.map((node): [string, (string | undefined)[]] => [node, medium === 'radio' ? [undefined] : []]));
  if (medium === 'link')
    for (const { a, b } of links) {
      peers.get(a)?.push(b);
      peers.get(b)?.push(a);
    }
  return Object.fromEntries([...peers].flatMap(([node, own], i) => own.map((peer, k) => [macAddress(i + 1, k + 1), { node, primary: k === 0, ...(peer === undefined ? {} : { peer }) }])));
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const macAddress = (node: number, place: number) => `02:ba:${hex(place >> 8)}:${hex(node >> 8)}:${hex(node & 255)}:${hex(place & 255)}`;
