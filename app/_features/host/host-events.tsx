/** What happened on the host, in order: starts, deaths, restarts, changes. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';

const KIND: Record<os.HostEventKind, string> = { ready: 'ready', stopped: 'ended', pulled: 'image pulled', 'pull-failed': 'no image', exit: 'exited', 'oom-kill': 'killed: out of memory', restart: 'started again', 'gave-up': 'stays down', refused: 'refused', changed: 'changed', cleaned: 'clean-up', 'disk-full': 'disk full', reboot: 'rebooted', updated: 'updated', renewed: 'certificate renewed', expired: 'certificate expired', 'by-hand': 'changed by hand', power: 'power', 'read-only': 'cannot write', fault: 'fault', mended: 'fault over', suspended: 'suspended', resumed: 'resumed', moved: 'moved', 'backed-up': 'backup', rotated: 'log rotated', snapshot: 'snapshot', evicted: 'evicted' };

const COLUMNS: readonly Column<os.HostEvent>[] = [
  { key: 'at', header: 'at', value: ({ atUs }) => formatClock(atUs / 1e6) },
  { key: 'kind', header: 'what', value: ({ kind }) => KIND[kind] },
  { key: 'subject', header: 'who', value: ({ subject }) => subject },
  { key: 'detail', header: 'detail', value: ({ detail }) => detail },
];

export function HostEvents({ play }: { readonly play: os.HostPlay }) {
  return (
    <Panel title="What happened" note="with the change">
      <DataTable caption="Events of the host" columns={COLUMNS} rows={play.events} rowKey={(event, i) => `${String(i).padStart(5, '0')} ${event.kind}`} rowsPerPage={12} />
    </Panel>
  );
}
