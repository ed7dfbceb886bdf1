/** The picture as rows: every node, or every pod, that the search means. */
'use client';

import { useCallback, useMemo } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import type { Matches } from '../filter/match-filter';
import { podName } from '../filter/pod-name';
import type { Picked } from '../view/pick';
import type { Placed } from '../view/scene';
import { nodeWord, podWord } from './describe';

type ClusterTableProps = { readonly placed: Placed; readonly matches: Matches | null; readonly of: 'nodes' | 'pods'; readonly chosen: Picked | null; readonly onChoose: (picked: Picked) => void };

const percent = (part: number, whole: number) => (Number.isNaN(part) ? null : (100 * part) / whole);

export function ClusterTable({ placed, matches, of, chosen, onChoose }: ClusterTableProps) {
  const { moment } = placed.picture;
  const state = of === 'nodes' ? moment.nodes.state : moment.pods.state;
  const meant = matches === null ? null : of === 'nodes' ? matches.nodes : matches.pods;
  const rows = useMemo(() => [...state.keys()].filter((row) => state[row] !== 0 && (meant === null || meant[row]! > 0)), [state, meant]);
  const columns = useMemo(() => (of === 'nodes' ? nodeColumns(placed) : podColumns(placed)), [placed, of]);
  const rowKey = useCallback((row: number) => String(row).padStart(7, '0'), []);
  const open = (row: number) => onChoose(of === 'nodes' ? { node: row, pod: -1 } : { node: moment.pods.node[row]!, pod: row });
  const chosenRow = chosen === null ? null : of === 'nodes' ? chosen.node : chosen.pod;
  return (
    <div className="min-h-0 overflow-y-auto border border-line bg-sheet px-3">
      <DataTable caption={of === 'nodes' ? 'Nodes of the cluster' : 'Pods of the cluster'} columns={columns} rows={rows} rowKey={rowKey} onOpen={open} chosenKey={chosenRow === null || chosenRow < 0 ? null : rowKey(chosenRow)} empty={<p className="py-6 text-ink-2">Nothing found. Take a term out of the search.</p>} />
    </div>
  );
}

function nodeColumns({ picture: { shape, moment }, seats }: Placed): readonly Column<number>[] {
  const { nodes } = shape;
  return [
    { key: 'name', header: 'Node', value: (i) => nodes.name[i]! },
    { key: 'zone', header: 'Zone', value: (i) => shape.zones[nodes.zone[i]!] ?? '' },
    { key: 'pool', header: 'Pool', value: (i) => shape.pools[nodes.pool[i]!] ?? '' },
    { key: 'state', header: 'State', value: (i) => nodeWord(moment.nodes.state[i]!) },
    { key: 'requested', header: 'CPU requested', unit: '%', digits: 1, value: (i) => percent(moment.nodes.cpuRequestedMillicores[i]!, nodes.cpuMillicores[i]!) },
    { key: 'used', header: 'CPU used', unit: '%', digits: 1, value: (i) => percent(moment.nodes.cpuUsedMillicores[i]!, nodes.cpuMillicores[i]!) },
    { key: 'memory', header: 'Memory requested', unit: '%', digits: 1, value: (i) => percent(moment.nodes.memoryRequestedMib[i]!, nodes.memoryMib[i]!) },
    { key: 'pods', header: 'Pods', value: (i) => seats.start[i + 1]! - seats.start[i]! },
  ];
}

function podColumns({ picture }: Placed): readonly Column<number>[] {
  const { shape, moment: { pods } } = picture;
  return [
    { key: 'name', header: 'Pod', value: (i) => podName(picture, i) },
    { key: 'workload', header: 'Workload', value: (i) => shape.workloads[pods.workload[i]!] ?? '' },
    { key: 'state', header: 'Phase', value: (i) => podWord(pods.state[i]!) },
    { key: 'node', header: 'Node', value: (i) => (pods.node[i]! < 0 ? null : shape.nodes.name[pods.node[i]!]!) },
    { key: 'cpu', header: 'CPU requested', unit: 'millicores', value: (i) => pods.cpuMillicores[i]! },
    { key: 'memory', header: 'Memory requested', unit: 'MiB', value: (i) => pods.memoryMib[i]! },
  ];
}
