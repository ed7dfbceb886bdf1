/** How close the mesh twin is to recordings of real kernels: one short bar per measure, from the last run of `fidelity mesh`. */
import fidelity from '@/app/_lib/fidelity/mesh-fidelity.json';
import { ShareBar } from '@/app/_ui/share-bar';

const SHORT: Readonly<Record<string, string>> = {
  'link TQ, mean in calm stretches': 'link TQ',
  'route TQ, mean in calm stretches': 'route TQ',
  'time of next-hop change after an event': 'switch times',
  'share of time per next hop listed': 'shares of listed hops',
  'share of time per next hop used': 'shares of used hops',
  'ping delivery': 'ping delivery',
  'dead router: TQ frozen until purge': 'frozen TQ',
  'reboot: seconds until neighbours follow': 'reboots',
  'dead router: seconds until purged': 'purge',
  'BATMAN_V throughput, kbit/s': 'BATMAN_V throughput',
};

const isLeftToChance = ({ held, total, bar, twinItself }: (typeof fidelity.measures)[number]) => held < bar * total && twinItself !== null && twinItself < bar;

export function FidelityStrip() {
  const { measures, recordings, runs, measuredOn } = fidelity;
  return (
    <section aria-label="How close the mesh twin is to real kernels" className="grid gap-1 border-l-2 border-accent bg-sheet px-3 py-2">
      <p className="text-ink-2">
        <strong className="font-medium text-ink">Compared with {recordings} recordings of batman-adv</strong>, {runs} runs each, on {measuredOn}: share of comparisons inside the twin’s own band. The tick is the bar, the number in brackets what the twin reaches against itself{measures.some(isLeftToChance) ? ': where that is below the bar as well, equal ways are left to chance' : ''}.
      </p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {measures.map(({ name, unit, held, total, bar, twinItself }) => {
          const share = total === 0 ? 1 : held / total;
          return (
            <li key={name} className="grid" title={`${name}: ${held} of ${total} ${unit}`}>
              <span className="text-xs text-ink-3">{SHORT[name] ?? name}</span>
              <span className="flex items-center gap-1.5 text-sm">
                <ShareBar share={share} bar={bar} />
                {(100 * share).toFixed(1)} %{twinItself === null ? '' : ` (${(100 * twinItself).toFixed(0)})`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
