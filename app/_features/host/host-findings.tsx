/** What is wrong at the end of each future, worst first. */
import { Badge } from '@/app/_ui/badge';
import { Panel } from '@/app/_ui/panel';
import type { os } from '@/engine/twin';
import type { HostFutures } from './tried/use-host-futures';

const ORDER = ['page', 'ticket', 'info'] as const;
const WORD: Record<os.FoundOnHost['kind'], string> = {
  throttled: 'throttled',
  'noisy-neighbour': 'noisy neighbour',
  'disk-contention': 'disk contention',
  'memory-pressure': 'memory pressure',
  'memory-leak': 'leak',
  'disk-full': 'disk',
  'inodes-full': 'inodes',
  'restart-loop': 'restart loop',
  'service-down': 'service down',
  'ineffective-clean-up': 'clean-up without effect',
  'certificate-expiring': 'certificate',
  'cache-clear-spiral': 'cache-clear spiral',
  'configuration-drift': 'configuration drift',
  'reboot-needed': 'reboot needed',
  'duelling-rules': 'duelling rules',
  'host-down': 'host down',
  'clock-skew': 'clock',
};

export function HostFindings({ asItIs, changed }: HostFutures) {
  return (
    <Panel title="What is wrong at the end" note="found in the last samples of each future">
      <div className="grid gap-4 md:grid-cols-2">
        <FindingColumn title="as it is" findings={asItIs.findings} />
        <FindingColumn title="changed" findings={changed.findings} />
      </div>
    </Panel>
  );
}

function FindingColumn({ title, findings }: { readonly title: string; readonly findings: readonly os.FoundOnHost[] }) {
  const sorted = [...findings].sort((x, y) => ORDER.indexOf(x.severity) - ORDER.indexOf(y.severity) || x.subject.localeCompare(y.subject) || x.kind.localeCompare(y.kind));
  return (
    <div>
      <h3 className="text-sm text-ink-2">{title}</h3>
      {sorted.length === 0 ? <p className="mt-1">Nothing.</p> : (
        <ul className="mt-1 grid gap-1">
          {sorted.map((finding) => (
            <li key={`${finding.kind} ${finding.subject}`} className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-2">
              <Badge>{WORD[finding.kind]}</Badge>
              <span>
                <span className="font-medium">{finding.subject}</span> {finding.detail}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
