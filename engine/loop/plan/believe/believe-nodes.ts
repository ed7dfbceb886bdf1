/** The nodes of the cluster as last seen: a node autoscaler has bought some since the system was written, and returned others. Nodes of no group are believed as written. */
import type { Frame } from '@/engine/telemetry';
import type { NodeSpec, SystemSpec } from '@/engine/twin';

/** `system` with the group nodes that were up in the last frame; as it is where it has no groups, or nothing was seen. */
export function seenNodes(system: SystemSpec, frames: readonly Frame[]): readonly NodeSpec[] {
  const groups = system.cluster?.nodeGroups ?? [];
  const seen = frames.at(-1)?.nodes ?? [];
  if (groups.length === 0 || seen.length === 0) return system.nodes;
  const up = seen.filter((node) => node.up).map(({ node }) => node);
  const written = system.nodes.filter(({ name, group }) => group === undefined || up.includes(name));
  const bought = up.filter((name) => !system.nodes.some((node) => node.name === name)).flatMap((name): NodeSpec[] => {
    const group = groups.find((each) => name.slice(0, name.lastIndexOf('-')) === each.name);
    if (group === undefined) return [];
    const { min: _min, max: _max, bootSeconds: _boot, name: groupName, ...machine } = group;
    return [{ ...machine, name, group: groupName }];
  });
  const nodes = [...written, ...bought];
  return nodes.length === 0 ? system.nodes : nodes;
}
