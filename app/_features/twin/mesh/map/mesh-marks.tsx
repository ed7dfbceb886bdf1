/** One direction of a link, and one router, drawn. Shape says what colour says: a gateway is square, what is off is crossed out, what is planned is dashed. */
import type { LinkMark, RouterMark } from './mesh-picture';

const HALO = { paintOrder: 'stroke', stroke: 'var(--sheet)', strokeWidth: 3 } as const;

type LinkLineProps = { readonly link: LinkMark; readonly strong: boolean; readonly faded: boolean; readonly labelled: boolean; /** One of very many: what carries no route steps back. */ readonly crowded: boolean; readonly onChoose: () => void };

export function LinkLine({ link, strong, faded, labelled, crowded, onChoose }: LinkLineProps) {
  const { x1, y1, x2, y2 } = link;
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const beside = 9 + 5 * Math.abs(Math.sin(angle)); // a number is wider than it is high
  const [tx, ty] = [x1 + (x2 - x1) * 0.3 - Math.sin(angle) * beside, y1 + (y2 - y1) * 0.3 + Math.cos(angle) * beside];
  return (
    <g opacity={(faded ? 0.25 : 1) * (crowded && !strong ? (link.isRoute ? 0.85 : 0.45) : 1)} onClick={onChoose} className="cursor-pointer" aria-hidden>
      <title>{link.reading}</title>
      <line x1={x1} y1={y1} x2={x2} y2={y2} stroke="transparent" strokeWidth="12" />
      <line x1={x1} y1={y1} x2={x2} y2={y2} stroke={link.colour} strokeWidth={(link.isRoute ? (strong ? 3.6 : 3.2) : strong ? 1.8 : 1.2) * (crowded && !strong ? 0.5 : 1)} strokeDasharray={link.up ? undefined : '3 5'} />
      {link.isRoute ? <path d="M0 0 L-11 -5 L-11 5 Z" fill={link.colour} transform={`translate(${x2.toFixed(1)} ${y2.toFixed(1)}) rotate(${((angle * 180) / Math.PI).toFixed(1)})${crowded && !strong ? ' scale(0.6)' : ''}`} /> : null}
      {labelled ? (
        <text x={tx} y={ty} textAnchor="middle" dominantBaseline="central" style={{ fill: 'var(--ink-2)', fontSize: 11, ...HALO }}>
          {link.up ? link.tq : 'cut'}
        </text>
      ) : null}
    </g>
  );
}

export function RouterBody({ router, named }: { readonly router: RouterMark; readonly named: boolean }) {
  const { colour, isGateway, isUp, isThere, mark, aside, size } = router;
  const anchor = Math.abs(aside.x) < 0.5 ? 'middle' : aside.x > 0 ? 'start' : 'end';
  const y = aside.y < -0.5 ? -28 : aside.y > 0.5 ? 24 : -2;
  const fill = mark === 'lost' || mark === 'failed' ? 'var(--bad)' : mark === 'moved' ? 'var(--risk-1)' : isThere && isUp ? 'var(--sheet)' : 'var(--well)';
  const shape = { fill, stroke: mark === 'lost' || mark === 'failed' ? 'var(--bad)' : isThere ? colour : 'var(--line-strong)', strokeWidth: size / 3, strokeDasharray: isThere ? undefined : '3 3' };
  const wide = router.name.length * 7 + 17;
  const left = anchor === 'middle' ? -wide / 2 : anchor === 'end' ? -wide : -15;
  return (
    <>
      <rect x={named ? left : -15} y={named ? Math.min(-15, y - 12) : -15} width={named ? (anchor === 'middle' ? wide : wide + 15) : 30} height={named ? Math.max(15, y + 16) - Math.min(-15, y - 12) : 30} fill="transparent" />
      {isGateway ? <rect x={-size} y={-size} width={2 * size} height={2 * size} {...shape} /> : <circle r={size} {...shape} />}
      {isThere && (!isUp || mark === 'failed' || mark === 'lost') ? <path d="M-4 -4 L4 4 M-4 4 L4 -4" stroke={mark === 'none' ? 'var(--bad)' : 'var(--on-risk)'} strokeWidth="2" /> : null}
      {named ? (
        <text textAnchor={anchor} style={{ fontSize: 12, ...HALO }}>
          <tspan x={aside.x * 17} y={y} style={{ fill: 'var(--ink)', fontWeight: 500 }}>{router.name}</tspan>
          <tspan x={aside.x * 17} y={y + 13} style={{ fill: router.reaches || !isThere ? 'var(--ink-2)' : 'var(--bad)', fontSize: 11 }}>{router.note}</tspan>
        </text>
      ) : null}
    </>
  );
}
