/**
 * Where a number comes from, as a texture: simulated hatched, recorded solid, forecast faded, live dotted.
 * Never by hue. A swatch sits beside a figure; `Texture` defines the same as an SVG pattern for a chart.
 */
import { useId } from 'react';

export type Provenance = 'simulated' | 'recorded' | 'forecast' | 'live';

export const PROVENANCE_WORD: Record<Provenance, string> = { simulated: 'Simulated', recorded: 'Recorded', forecast: 'Forecast', live: 'Live' };

/** An SVG pattern in one colour; use inside `<defs>` and fill with `url(#id)`. */
export function Texture({ id, kind, colour }: { readonly id: string; readonly kind: Provenance; readonly colour: string }) {
  switch (kind) {
    case 'simulated':
      return (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="4" stroke={colour} strokeWidth="1.5" />
        </pattern>
      );
    case 'live':
      return (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="0.9" fill={colour} />
        </pattern>
      );
    case 'recorded':
    case 'forecast':
      return (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill={colour} opacity={kind === 'recorded' ? 1 : 0.4} />
        </pattern>
      );
  }
}

export function ProvenanceSwatch({ kind, colour = 'var(--ink-3)', labelled = true }: { readonly kind: Provenance; readonly colour?: string; readonly labelled?: boolean }) {
  const id = useId();
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" role={labelled ? 'img' : undefined} aria-label={labelled ? PROVENANCE_WORD[kind] : undefined} aria-hidden={!labelled} className="inline-block shrink-0">
      <defs>
        <Texture id={id} kind={kind} colour={colour} />
      </defs>
      <rect x="0.5" y="0.5" width="9" height="9" fill={`url(#${id})`} stroke={colour} strokeWidth="1" />
    </svg>
  );
}

/** Says once, in words, what each texture on the page means. */
export function ProvenanceLegend({ kinds }: { readonly kinds: readonly Provenance[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 text-sm text-ink-3">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <ProvenanceSwatch kind={kind} labelled={false} />
          {PROVENANCE_WORD[kind].toLowerCase()}
        </li>
      ))}
    </ul>
  );
}
