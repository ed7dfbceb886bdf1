/** Links and satellites of the ring map. Direction is an arrowhead, a missing link a cross, the baseline a dash. */
import type { LinkCourse } from './link-path';
import type { Spot } from './place-bodies';
import type { RingLink, RingSatellite } from './ring-map-types';

type LinkMarkProps = { readonly link: RingLink; readonly course: LinkCourse; readonly faded: boolean };

function strokeOf(link: RingLink): string {
  if (link.ghost) return 'var(--ink)';
  if (link.kind === 'line' || link.kind === 'tie') return link.down ? 'var(--risk-4)' : 'var(--line-strong)';
  return `var(--risk-${link.level})`;
}

export function LinkMark({ link, course: { d, mid, angle }, faded }: LinkMarkProps) {
  const stroke = strokeOf(link);
  const dashes = link.ghost ? '3 3' : link.down ? '2 3' : link.kind === 'tie' ? '1 3' : undefined;
  const head = !link.ghost && !link.down && (link.kind === 'flow' || link.kind === 'path');
  return (
    <g opacity={faded ? 0.12 : link.kind === 'line' ? 0.6 : 1} aria-hidden>
      <path d={d} fill="none" stroke={stroke} strokeWidth={link.ghost ? 1 : link.width} strokeDasharray={dashes} style={{ transition: 'stroke-width var(--motion) var(--ease)' }} />
      {head ? <path d="M-4 -4L4 0L-4 4" fill="none" stroke={stroke} strokeWidth="1.5" transform={`translate(${mid.x.toFixed(1)} ${mid.y.toFixed(1)}) rotate(${angle.toFixed(1)})`} /> : null}
      {link.down ? <path d="M-4 -4L4 4M-4 4L4 -4" stroke={stroke} strokeWidth="1.5" transform={`translate(${mid.x.toFixed(1)} ${mid.y.toFixed(1)})`} /> : null}
    </g>
  );
}

type SatelliteMarkProps = { readonly satellite: RingSatellite; readonly seat: Spot; readonly owner: Spot; readonly ghost: Spot | null; readonly faded: boolean; readonly strong: boolean };

export function SatelliteMark({ satellite, seat, owner, ghost, faded, strong }: SatelliteMarkProps) {
  return (
    <g opacity={faded ? 0.15 : 1} aria-hidden>
      <line x1={owner.x} y1={owner.y} x2={seat.x} y2={seat.y} stroke={satellite.moved ? 'var(--accent)' : 'var(--line-strong)'} strokeWidth={strong ? 1.25 : 0.75} opacity={strong || satellite.moved ? 1 : 0.5} />
      {ghost === null ? null : <line x1={ghost.x} y1={ghost.y} x2={seat.x} y2={seat.y} stroke="var(--accent)" strokeWidth="1" strokeDasharray="3 3" />}
      <circle
        r="4"
        fill={satellite.moved ? 'var(--accent)' : 'var(--ink-2)'}
        stroke="var(--paper)"
        strokeWidth="1.5"
        style={{ transform: `translate(${seat.x.toFixed(1)}px, ${seat.y.toFixed(1)}px)`, transition: 'transform var(--motion-slow) var(--ease)' }}
      >
        <title>{satellite.id}</title>
      </circle>
    </g>
  );
}
