/** Requests and limits as they are and as each method would set them, service by service, with what it leaves alone and why. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import type { Recommendation, RightSizeVariant } from '@/engine/scenario';

type Row = Recommendation & { readonly by: string };

const amount = (value: number | null) => (value === null ? 'none' : formatNumber(value, 0));
const change = (now: number | null, then: number | null) => (now === then ? amount(now) : `${amount(now)} → ${amount(then)}`);
const above = (share: number | null) => (share === null ? '' : formatNumber(share * 100, 1));

const COLUMNS: readonly Column<Row>[] = [
  { key: 'service', header: 'Service', value: (row) => row.service },
  { key: 'by', header: 'Sized by', value: (row) => row.by, render: (row) => <span className="whitespace-nowrap">{row.by}</span> },
  { key: 'cpu', header: 'CPU request', unit: 'm', value: (row) => row.then.cpuRequestMillicores, render: (row) => change(row.now.cpuRequestMillicores, row.then.cpuRequestMillicores) },
  { key: 'cpuLimit', header: 'CPU limit', unit: 'm', value: (row) => row.then.cpuLimitMillicores, render: (row) => change(row.now.cpuLimitMillicores, row.then.cpuLimitMillicores) },
  { key: 'memory', header: 'Memory request', unit: 'MiB', value: (row) => row.then.memoryRequestMib, render: (row) => change(row.now.memoryRequestMib, row.then.memoryRequestMib) },
  { key: 'memoryLimit', header: 'Memory limit', unit: 'MiB', value: (row) => row.then.memoryLimitMib, render: (row) => change(row.now.memoryLimitMib, row.then.memoryLimitMib) },
  { key: 'aboveCpu', header: 'CPU above limit', unit: '% of readings', value: (row) => row.aboveCpuLimit, digits: 1, render: (row) => above(row.aboveCpuLimit) },
  { key: 'aboveMemory', header: 'Memory above limit', unit: '% of readings', value: (row) => row.aboveMemoryLimit, render: (row) => above(row.aboveMemoryLimit) },
  { key: 'kept', header: 'Left alone', value: (row) => row.kept.map(({ resource, why }) => `${resource}: ${why}`).join('; '), render: (row) => <span className="text-sm text-ink-3">{row.kept.map(({ resource, why }) => `${resource === 'cpu' ? 'CPU' : 'memory'}: ${why}`).join('; ')}</span> },
];

/** Left out where no row has anything to say. */
const SOMETIMES = new Set(['aboveCpu', 'aboveMemory', 'kept']);
const saysSomething = (row: Row, key: string) => (key === 'aboveCpu' ? (row.aboveCpuLimit ?? 0) > 0 : key === 'aboveMemory' ? (row.aboveMemoryLimit ?? 0) > 0 : row.kept.length > 0);

export function SizesTable({ variants }: { readonly variants: readonly RightSizeVariant[] }) {
  const rows = variants.flatMap(({ name, recommendations }) => recommendations.map((each): Row => ({ ...each, by: name })));
  const order = [...new Set(rows.map(({ service }) => service))];
  const sorted = order.flatMap((service) => rows.filter((row) => row.service === service));
  if (sorted.length === 0) return null;
  const columns = COLUMNS.filter(({ key }) => !SOMETIMES.has(key) || sorted.some((row) => saysSomething(row, key)));
  return <DataTable caption="Requests and limits by each method" columns={columns} rows={sorted} rowKey={(row) => `${row.service} ${row.by}`} />;
}
