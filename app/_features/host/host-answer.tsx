/** The answer in one sentence per program that changed: latency, failures, deaths, each as it is and with the change. */
import { formatNumber } from '@/app/_ui/number-format';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';
import { triedWords, type Tried } from './tried/tried-change';
import type { HostFutures } from './tried/use-host-futures';

export function HostAnswer({ asItIs, changed, tried, atSeconds }: HostFutures & { readonly tried: Tried; readonly atSeconds: number }) {
  const refused = changed.refused[0];
  if (refused !== undefined) return <p className="border-l-2 border-bad pl-2 text-bad">The host refuses it: {refusalWords(refused.refusal)}</p>;
  return (
    <div className="grid gap-1 text-base" aria-live="polite">
      <p>
        <span className="font-semibold">{capitalized(triedWords(tried))}</span> <span className="text-ink-2">at {formatClock(atSeconds)}; counted from there to the end.</span>
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
        {energyWords(asItIs, changed, atSeconds)}
      </ul>
    </div>
  );
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function energyWords(asItIs: os.HostPlay, changed: os.HostPlay, atSeconds: number) {
  const [before, after] = [meanWatts(asItIs, atSeconds), meanWatts(changed, atSeconds)];
  if (before === null || after === null) return null;
  const resumes = (changed.samples.at(-1)?.resumes ?? 0) - (changed.samples.find(({ atUs }) => atUs >= atSeconds * 1e6)?.resumes ?? 0);
  return (
    <li>
      <span className="font-medium">power</span> {formatNumber(before, 2)} W → {formatNumber(after, 2)} W{resumes > 0 ? ` · woken ${resumes} times` : ''}
    </li>
  );
}

/** From the change to the end; null without a power model. */
function meanWatts({ samples }: os.HostPlay, fromSeconds: number): number | null {
  const watts = samples.flatMap(({ atUs, watts: drawn }) => (drawn === null || atUs <= fromSeconds * 1e6 ? [] : [drawn]));
  return watts.length === 0 ? null : watts.reduce((sum, each) => sum + each, 0) / watts.length;
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
    case 'no-power':
      return 'the host has no power.';
    case 'read-only':
      return 'its file system is read-only.';
    case 'no-suspend':
      return 'its power model knows no suspended state.';
    case 'bound':
      return `${refusal.program} belongs to this host.`;
    case 'taken':
      return `${refusal.host} has a ${refusal.program} already.`;
  }
}
