/** The answer in one sentence per program that changed: latency, failures, deaths, each as it is and with the change. */
import { formatNumber } from '@/app/_ui/number-format';
import { formatClock } from '@/app/_ui/time-format';
import { os } from '@/engine/twin';
import type { HostFutures } from './use-host-futures';

export function HostAnswer({ asItIs, changed, command, atSeconds }: HostFutures & { readonly command: os.HostCommand; readonly atSeconds: number }) {
  const refused = changed.refused[0];
  if (refused !== undefined) return <p className="border-l-2 border-bad pl-2 text-bad">The host refuses it: {refusalWords(refused.refusal)}</p>;
  return (
    <div className="grid gap-1 text-base" aria-live="polite">
      <p>
        <span className="font-semibold">{os.describeHostCommand(command)}</span> <span className="text-ink-2">at {formatClock(atSeconds)}; counted from there to the end.</span>
      </p>
      <ul className="grid gap-0.5">
        {asItIs.programs.map((before, i) => {
          const after = changed.programs[i]!;
          const words = changeWords(before, after, deaths(asItIs, before.program, atSeconds), deaths(changed, before.program, atSeconds));
          return words === null ? null : (
            <li key={before.program}>
              <span className="font-medium">{before.program}</span> {words}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const deaths = ({ events }: os.HostPlay, program: string, fromSeconds: number) => events.filter(({ kind, subject, atUs }) => kind === 'oom-kill' && subject === program && atUs > fromSeconds * 1e6).length;

function changeWords(before: os.ProgramTotals, after: os.ProgramTotals, killedBefore: number, killedAfter: number): string | null {
  const parts = [
    before.latencyP95Ms === null && after.latencyP95Ms === null ? null : `p95 ${ms(before.latencyP95Ms)} → ${ms(after.latencyP95Ms)}`,
    before.latencyP99Ms === null && after.latencyP99Ms === null ? null : `p99 ${ms(before.latencyP99Ms)} → ${ms(after.latencyP99Ms)}`,
    before.failed + after.failed === 0 ? null : `failed requests ${formatNumber(before.failed)} → ${formatNumber(after.failed)}`,
    before.restarts === after.restarts || killedBefore + killedAfter > 0 ? null : `restarts ${before.restarts} → ${after.restarts}`,
    killedBefore + killedAfter === 0 ? null : `OOM kills ${killedBefore} → ${killedAfter}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

const ms = (value: number | null) => (value === null ? 'no answer' : `${formatNumber(value, value < 10 ? 1 : 0)} ms`);

function refusalWords(refusal: os.HostRefusal): string {
  switch (refusal.code) {
    case 'not-found':
      return `there is no ${refusal.what} ${refusal.name}.`;
    case 'out-of-range':
      return `${refusal.what} takes ${refusal.min} to ${refusal.max}, not ${refusal.value}.`;
    case 'no-updater':
      return 'no program of this host installs updates.';
    case 'no-issuer':
      return `whoever signs ${refusal.certificate} does not answer now.`;
    case 'no-disk':
      return 'this host has no file system in its description.';
  }
}
