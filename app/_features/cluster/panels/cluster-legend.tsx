/** What the colours say: the steps of the lens with their bounds, then the states that keep their colour in every lens. */
import { cluster } from '@/engine/twin';
import type { Lens } from '../paint/lens';
import { Code, NODE_LOOK, type Palette } from '../paint/palette';

const { PictureNodeState: N } = cluster;

export function ClusterLegend({ lens, palette, states }: { readonly lens: Lens; readonly palette: Palette; /** How many nodes are in each state. */ readonly states: readonly number[] }) {
  const shown = [N.booting, N.draining, N.cordoned, N.pressure, N.notReady].filter((state) => (states[state] ?? 0) > 0);
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-5 gap-y-1 text-xs text-ink-2 max-sm:w-full">
      {lens.id === 'state' ? <Key colour={palette.css[Code.steps]!} label={`ready ${states[N.ready] ?? 0}`} /> : (
        <div className="flex flex-wrap gap-x-3">
          <span>{lens.share}</span>
          <div className="flex">
            {lens.steps.map((step, i) => (
              <span key={step.from} className="grid">
                <span className="h-2 w-6 max-sm:w-4" style={{ background: palette.css[Code.steps + i] }} />
                <span className="h-3 w-0 whitespace-nowrap text-ink-3">{i % 2 === 0 || lens.steps.length < 10 ? step.label.replace(' %', '') : ''}</span>
              </span>
            ))}
            <span className="pl-1 text-ink-3">%</span>
          </div>
        </div>
      )}
      {shown.length === 0 ? null : (
        <div className="flex flex-wrap gap-x-3">
          {shown.map((state) => (
            <Key key={state} colour={palette.css[Code.nodeBase + state]!} label={`${NODE_LOOK[state]!.word} ${states[state]}`} />
          ))}
        </div>
      )}
    </div>
  );
}

const Key = ({ colour, label }: { readonly colour: string; readonly label: string }) => (
  <span className="inline-flex items-center gap-1">
    <span className="size-2" style={{ background: colour }} />
    {label}
  </span>
);
