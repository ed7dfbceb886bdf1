/**
 * The mesh as a map: a line per direction of a link, coloured by the transmit quality its receiver shows; the way to the
 * gateway drawn strong with an arrow. One tab stop, arrow keys walk to the nearest router on that side, Enter opens.
 */
'use client';

import { useState, type KeyboardEvent } from 'react';
import { useSize } from '@/app/_ui/chart/use-size';
import { classNames } from '@/app/_ui/class-names';
import { LinkLine, RouterBody } from './mesh-marks';
import { linkMarks, routerMarks, type PictureInput, type RouterMark } from './mesh-picture';

type MeshMapProps = Omit<PictureInput, 'box'> & { readonly chosen: string | null; readonly onChoose: (id: string | null) => void };

const NAMED_MAX = 60;
const LABELLED_LINKS_MAX = 40;

export function MeshMap({ chosen, onChoose, ...input }: MeshMapProps) {
  const [ref, box] = useSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<string | null>(null);
  const [tabStop, setTabStop] = useState<string | null>(null);
  const picture = { ...input, box };
  const routers = box.width === 0 ? [] : routerMarks(picture);
  const links = box.width === 0 ? [] : linkMarks(picture);
  const focus = pointed ?? chosen;
  const touches = (link: (typeof links)[number]) => focus === link.id || focus === `link:${link.to}|${link.from}` || focus === `router:${link.from}` || focus === `router:${link.to}`;
  const stop = routers.some((router) => router.id === tabStop) ? tabStop : routers[0]?.id;
  const walk = (event: KeyboardEvent<SVGGElement>, from: RouterMark) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onChoose(from.id === chosen ? null : from.id);
    }
    if (event.key === 'Escape') return onChoose(null);
    const next = nearest(routers, from, event.key);
    if (next === null) return;
    event.preventDefault();
    setTabStop(next.id);
    event.currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-router="${CSS.escape(next.name)}"]`)?.focus();
  };
  return (
    <div ref={ref} className="relative h-[58vh] min-h-[380px] overflow-hidden border border-line bg-sheet">
      {box.width === 0 || box.height === 0 ? null : (
        <svg data-drawing width={box.width} height={box.height} role="group" aria-label="Mesh" className="absolute inset-0 block">
          {links.map((link) => (
            <LinkLine key={link.id} link={link} strong={touches(link)} faded={focus !== null && !touches(link)} labelled={touches(link) || (focus === null && links.length <= LABELLED_LINKS_MAX && box.width > 600)} onChoose={() => onChoose(link.from < link.to ? link.id : `link:${link.to}|${link.from}`)} />
          ))}
          {routers.map((router) => (
            <g
              key={router.id}
              role="button"
              data-router={router.name}
              tabIndex={router.id === stop ? 0 : -1}
              aria-label={`${router.name}, router: ${router.reading}`}
              aria-pressed={router.id === chosen}
              transform={`translate(${router.x.toFixed(1)} ${router.y.toFixed(1)})`}
              className="group cursor-pointer outline-none"
              onClick={() => onChoose(router.id === chosen ? null : router.id)}
              onKeyDown={(event) => walk(event, router)}
              onFocus={() => {
                setTabStop(router.id);
                setPointed(router.id);
              }}
              onBlur={() => setPointed(null)}
              onPointerEnter={() => setPointed(router.id)}
              onPointerLeave={() => setPointed(null)}
            >
              <circle r="15" fill="none" strokeWidth="2" className={classNames('group-focus-visible:stroke-accent', router.id === chosen ? 'stroke-ink' : 'stroke-transparent')} />
              <RouterBody router={router} named={routers.length <= NAMED_MAX || router.id === focus || router.isGateway} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The router that lies most nearly in that direction. */
function nearest(routers: readonly RouterMark[], from: RouterMark, key: string): RouterMark | null {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return null;
  const ahead = routers.flatMap((router) => {
    const [dx, dy] = [router.x - from.x, router.y - from.y];
    const along = dx * direction[0] + dy * direction[1];
    return along <= 0.5 ? [] : [{ router, cost: along + 2.5 * Math.abs(dx * direction[1] + dy * direction[0]) }];
  });
  return ahead.length === 0 ? null : ahead.reduce((best, each) => (each.cost < best.cost ? each : best)).router;
}
