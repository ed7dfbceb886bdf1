/**
 * One body: its capacity as an outline, its load as a filled shape in the colour of its risk, its baseline
 * as a dashed ghost. High risk adds a ring and a missing body a cross, so colour is never alone.
 */
import type { RingBody } from './ring-map-types';

const HIGH = 3;

export function BodyMark({ body }: { readonly body: RingBody }) {
  const colour = `var(--risk-${body.level})`;
  const outer = Math.max(body.radius, body.capacityRadius ?? 0);
  return (
    <>
      <circle r={Math.max(14, outer + 4)} fill="transparent" />
      {body.capacityRadius === null ? null : <Shape shape={body.shape} radius={body.capacityRadius} fill="var(--sheet)" stroke={body.level >= 2 ? colour : 'var(--line-strong)'} />}
      <Shape shape={body.shape} radius={body.down ? 0 : body.radius} fill={colour} />
      {body.ghostRadius === null ? null : <Shape shape={body.shape} radius={body.ghostRadius} fill="none" stroke="var(--ink)" dashed />}
      {body.level >= HIGH && !body.down ? <Shape shape={body.shape} radius={outer + 3} fill="none" stroke={colour} /> : null}
      {body.down ? <path d={`M${-outer} ${-outer}L${outer} ${outer}M${-outer} ${outer}L${outer} ${-outer}`} stroke={colour} strokeWidth="2" /> : null}
    </>
  );
}

type ShapeProps = { readonly shape: RingBody['shape']; readonly radius: number; readonly fill: string; readonly stroke?: string; readonly dashed?: boolean };

/** All shapes are drawn at radius 1 and scaled, so that a change of load moves smoothly. Equal radius means equal area. */
function Shape({ shape, radius, fill, stroke, dashed = false }: ShapeProps) {
  const side = Math.sqrt(Math.PI);
  const look = {
    fill,
    stroke,
    strokeWidth: 1.25,
    strokeDasharray: dashed ? '3 2' : undefined,
    vectorEffect: 'non-scaling-stroke',
    style: { transform: `scale(${radius.toFixed(2)})`, transition: 'transform var(--motion) var(--ease), fill var(--motion) var(--ease)' },
  } as const;
  if (shape === 'circle') return <circle r="1" {...look} />;
  return <rect x={-side / 2} y={-side / 2} width={side} height={side} {...look} style={{ ...look.style, transform: `${look.style.transform}${shape === 'diamond' ? ' rotate(45deg)' : ''}` }} />;
}
