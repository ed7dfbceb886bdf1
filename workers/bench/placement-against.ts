/**
 * All policies on every workload of a published table, over seeds: what is allocated when the table's last percentage
 * has arrived, how far that is from the table, and whether the policies keep their order. Means that differ by less than
 * their standard errors have no order; `ordered` names the published neighbours that do differ and come out the other way.
 */
import { mean } from '@/engine/kernel';
import { kubernetes } from '@/engine/twin';
import { readText } from '@/workers/cli/files';
import { csvRows } from './csv-rows';
import { benchPlacement } from './placement';

const NAMES: Readonly<Record<string, kubernetes.PlacementPolicyName>> = {
  '01-Random': 'random', '02-DotProd': 'dot-product', '03-GpuClustering': 'gpu-clustering', '04-GpuPacking': 'gpu-packing', '05-BestFit': 'best-fit', '06-FGD': 'fgd',
};
const BAR_POINTS: Readonly<Partial<Record<kubernetes.PlacementPolicyName, number>>> = { random: 0.5, 'best-fit': 0.5 };
const BAR_POINTS_OTHERS = 1;

type Published = { readonly workload: string; readonly policy: kubernetes.PlacementPolicyName; readonly allocation: number; readonly standardError: number };
export type PlacementRow = { readonly workload: string; readonly policy: kubernetes.PlacementPolicyName; readonly allocation: number; readonly published: number | null; readonly points: number | null; readonly bar: number | null; readonly within: boolean | null };
export type PlacementAgainst = { readonly arrivedPercent: number; readonly seeds: number; readonly rows: readonly PlacementRow[]; readonly ordered: readonly { readonly workload: string; readonly kept: boolean; readonly swapped: readonly string[] }[] };

export type AgainstOptions = { readonly folder: string; readonly file: string; readonly seeds: readonly number[]; readonly progress: (line: string) => void };

export async function placementAgainst({ folder, file, seeds, progress }: AgainstOptions): Promise<PlacementAgainst> {
  const rows = csvRows(await readText(file), file, ['workload', 'policy', 'arrived_pct', 'allocation_pct_mean', 'allocation_pct_sd', 'seeds']);
  const arrivedPercent = rows.reduce((most, row) => Math.max(most, row.number('arrived_pct')), 0);
  const published = rows.filter((row) => row.number('arrived_pct') === arrivedPercent && NAMES[row.text('policy')] !== undefined).map((row): Published => ({
    workload: row.text('workload'), policy: NAMES[row.text('policy')]!, allocation: row.number('allocation_pct_mean'), standardError: row.number('allocation_pct_sd') / Math.sqrt(row.number('seeds')),
  }));
  const workloads = [...new Set(published.map(({ workload }) => workload))];
  const out: PlacementRow[] = [];
  for (const workload of workloads)
    for (const policy of kubernetes.PLACEMENT_POLICIES) {
      const values: number[] = [];
      for (const seed of seeds) values.push((await benchPlacement(folder, workload, policy, seed)).allocation[arrivedPercent]!);
      out.push(rowOf({ workload, policy, allocation: mean(values) }, published));
      progress(`${workload} ${policy}: ${out.at(-1)!.allocation} %`);
    }
  return { arrivedPercent, seeds: seeds.length, rows: out, ordered: workloads.map((workload) => orderOf(workload, out, published)) };
}

const round = (x: number) => Math.round(x * 1_000) / 1_000;

function rowOf({ workload, policy, allocation }: { readonly workload: string; readonly policy: kubernetes.PlacementPolicyName; readonly allocation: number }, published: readonly Published[]): PlacementRow {
  const theirs = published.find((row) => row.workload === workload && row.policy === policy)?.allocation ?? null;
  const bar = theirs === null ? null : (BAR_POINTS[policy] ?? BAR_POINTS_OTHERS);
  const points = theirs === null ? null : round(allocation - theirs);
  return { workload, policy, allocation: round(allocation), published: theirs, points, bar, within: points === null || bar === null ? null : Math.abs(points) <= bar };
}

/** Two means are told apart at twice the standard error of their difference. */
function orderOf(workload: string, rows: readonly PlacementRow[], published: readonly Published[]) {
  const order = published.filter((row) => row.workload === workload).sort((a, b) => a.allocation - b.allocation || (a.policy < b.policy ? -1 : 1));
  const ours = (policy: string) => rows.find((row) => row.workload === workload && row.policy === policy)!.allocation;
  const swapped: string[] = [];
  order.forEach((low, i) => {
    for (const high of order.slice(i + 1)) {
      const apart = high.allocation - low.allocation > 2 * Math.hypot(high.standardError, low.standardError);
      if (apart && ours(low.policy) > ours(high.policy)) swapped.push(`${low.policy} above ${high.policy}`);
    }
  });
  return { workload, kept: swapped.length === 0, swapped };
}
