/** Why it is slow: the mean request of each program as one bar, cut by where its time went, as it is and with the change. */
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { os } from '@/engine/twin';
import type { HostFutures } from './use-host-futures';

const PARTS: readonly { readonly key: keyof os.LatencyParts; readonly label: string; readonly colour: string }[] = [
  { key: 'onCpuMs', label: 'on the CPU', colour: 'var(--series-1)' },
  { key: 'waitingMs', label: 'waiting for others', colour: 'var(--series-6)' },
  { key: 'wakingMs', label: 'until the host had resumed', colour: 'var(--series-2)' },
  { key: 'queuedMs', label: 'queued for a lane', colour: 'var(--series-4)' },
  { key: 'runQueueMs', label: 'run queue: another task had the CPU', colour: 'var(--series-3)' },
  { key: 'throttledMs', label: 'throttled by its quota', colour: 'var(--series-5)' },
];

export function LatencyPartsPanel({ asItIs, changed }: HostFutures) {
  const programs = asItIs.programs.filter(({ served }) => served > 0).map(({ program }) => program);
  const totalOf = (play: os.HostPlay, program: string) => play.programs.find((each) => each.program === program) ?? null;
  const sum = (spent: os.LatencyParts | null) => (spent === null ? 0 : PARTS.reduce((all, { key }) => all + spent[key], 0));
  const longest = Math.max(1e-6, ...[asItIs, changed].flatMap((play) => play.programs.map(({ spent }) => sum(spent))));
  return (
    <Panel title="Why it is slow" note="where the mean request spends its time, after the change">
      <div className="grid gap-3">
        {programs.map((program) => (
          <div key={program} className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
            {([['as it is', asItIs], ['changed', changed]] as const).map(([label, play]) => {
              const spent = totalOf(play, program)?.spent ?? null;
              return (
                <div key={label} className="contents">
                  <span className="text-sm text-ink-2">
                    <span className="font-medium text-ink">{program}</span> {label}
                  </span>
                  <div className="flex h-6 items-center gap-2" role="img" aria-label={spokenParts(program, label, spent)}>
                    <div className="flex h-5" style={{ width: `${(78 * sum(spent)) / longest}%` }}>
                      {spent === null ? null : PARTS.map(({ key, colour, label: part }) => (spent[key] <= 0 ? null : <span key={key} title={`${part}: ${formatNumber(spent[key], 1)} ms`} style={{ width: `${(100 * spent[key]) / sum(spent)}%`, background: colour }} />))}
                    </div>
                    <span className="text-sm whitespace-nowrap text-ink-2 tabular-nums">{spent === null ? 'nothing was answered' : `${formatNumber(sum(spent), 1)} ms`}</span>
                  </div>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {PARTS.filter(({ key }) => [asItIs, changed].some((play) => play.programs.some(({ spent }) => (spent?.[key] ?? 0) > 0))).map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span className="inline-block size-2.5" style={{ background: colour }} />
            {label}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const spokenParts = (program: string, label: string, spent: os.LatencyParts | null) => `${program} ${label}: ${spent === null ? 'nothing was answered' : PARTS.map(({ key, label: part }) => `${part} ${formatNumber(spent[key], 1)} ms`).join(', ')}`;
