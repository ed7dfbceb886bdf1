/** Rings and words of the ring map: names of the bodies and the answer in the middle. A halo keeps them off the arcs. */
import type { RingGeometry } from './place-bodies';
import type { RingBody } from './ring-map-types';

const HALO = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 3, strokeLinejoin: 'round' } as const;

export function BodyLabel({ body }: { readonly body: RingBody }) {
  const reach = Math.max(body.radius, body.capacityRadius ?? 0);
  const turn = body.angle * 2 * Math.PI;
  const [sideways, upwards] = [Math.sin(turn), Math.cos(turn)];
  const high = body.level >= 3;
  const style = { fill: high ? 'var(--ink)' : 'var(--ink-2)', fontSize: 11, fontWeight: high ? 600 : 400, ...HALO };
  if (body.ring < 2) {
    const above = body.ring === 0 && upwards > 0.35;
    return (
      <text y={above ? -(reach + 6) : reach + (body.ring === 1 ? 22 : 13)} textAnchor="middle" style={style}>
        {body.label}
      </text>
    );
  }
  const anchor = Math.abs(sideways) < 0.35 ? 'middle' : sideways > 0 ? 'start' : 'end';
  return (
    <text x={sideways * (reach + 8)} y={-upwards * (reach + 10)} dy="0.35em" textAnchor={anchor} style={style}>
      {body.label}
    </text>
  );
}

export function Rings({ geometry: { centre, radii }, count }: { readonly geometry: RingGeometry; readonly count: number }) {
  return (
    <g aria-hidden>
      {radii.slice(0, count).map(({ rx, ry }) => (
        <ellipse key={rx} cx={centre.x} cy={centre.y} rx={rx} ry={ry} fill="none" stroke="var(--line)" />
      ))}
    </g>
  );
}

/** Only where the inner ring leaves room for it. */
const CENTRE_RX_MIN = 84;

export function CentreText({ geometry: { centre, radii }, lines }: { readonly geometry: RingGeometry; readonly lines: readonly string[] }) {
  if (radii[0].rx < CENTRE_RX_MIN) return null;
  return (
    <text aria-hidden x={centre.x} y={centre.y - (lines.length - 1) * 8} textAnchor="middle" style={{ fill: 'var(--ink)', fontSize: 12, ...HALO }}>
      {lines.map((line, i) => (
        <tspan key={line} x={centre.x} dy={i === 0 ? '0.32em' : 16} style={i === 0 ? { fontWeight: 600, fontSize: 14 } : { fill: 'var(--ink-2)' }}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
