/**
 * The mesh as a map: a line per direction of a link, coloured by the transmit quality its receiver shows; the way to the
 * gateway drawn strong with an arrow. In a large mesh the other links step back, and names show as far as there is room.
 * One tab stop, arrow keys walk to the nearest router on that side, Enter opens; + and − zoom, 0 shows all.
 */
'use client';

import { useState, type KeyboardEvent } from 'react';
import { useSize } from '@/app/_ui/chart/use-size';
import { classNames } from '@/app/_ui/class-names';
import { LinkLine, RouterBody } from './mesh-marks';
import { linkMarks, routerMarks, wayOf, type PictureInput, type RouterMark } from './mesh-picture';
import { labelled } from './place-labels';
import { useMapView } from './use-map-view';
import { ZoomButtons } from './zoom-buttons';

type MeshMapProps = Omit<PictureInput, 'box' | 'view'> & { readonly chosen: string | null; readonly onChoose: (id: string | null) => void };

/** Every router is named up to so many; beyond, those there is room for. */
const NAMED_MAX = 60;
const LABELLED_LINKS_MAX = 40;
/** Directions of links beyond which those without a route step back. */
const CROWDED_LINKS = 300;
const ZOOM_STEP = 1.6;

export function MeshMap({ chosen, onChoose, ...input }: MeshMapProps) {
  const [ref, box] = useSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<string | null>(null);
  const [tabStop, setTabStop] = useState<string | null>(null);
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const moves = useMapView(frame, box);
  const { view } = moves;
  const picture = { ...input, box, view };
  const routers = box.width === 0 ? [] : routerMarks(picture);
  const links = box.width === 0 ? [] : linkMarks(picture);
  const focus = pointed ?? chosen;
  const way = focus?.startsWith('router:') === true ? wayOf(input.sample, focus.slice('router:'.length)) : new Set<string>();
  const touches = (link: (typeof links)[number]) => focus === link.id || focus === `link:${link.to}|${link.from}` || focus === `router:${link.from}` || focus === `router:${link.to}` || way.has(link.id);
  const degrees = degreesOf(input.mesh.links);
  const named = routers.length <= NAMED_MAX ? null : labelled(routers, box, (name) => degrees.get(name) ?? 0, focus);
  const crowded = links.length > CROWDED_LINKS;
  const readable = links.filter(touches).length <= LABELLED_LINKS_MAX;
  const stop = routers.some((router) => router.id === tabStop) ? tabStop : routers[0]?.id;
  const walk = (event: KeyboardEvent<SVGGElement>, from: RouterMark) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onChoose(from.id === chosen ? null : from.id);
    }
    if (event.key === 'Escape') return onChoose(null);
    if (event.key === '+' || event.key === '=') return moves.zoom(ZOOM_STEP);
    if (event.key === '-') return moves.zoom(1 / ZOOM_STEP);
    if (event.key === '0') return moves.whole();
    const next = nearest(routers, from, event.key);
    if (next === null) return;
    event.preventDefault();
    setTabStop(next.id);
    event.currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-router="${CSS.escape(next.name)}"]`)?.focus();
  };
  return (
    <div ref={ref} className="relative h-[58vh] min-h-[380px] overflow-hidden border border-line bg-sheet">
      <div ref={setFrame} className={classNames('absolute inset-0', view.scale > 1 ? 'cursor-grab touch-none active:cursor-grabbing' : 'touch-pan-y')}>
        {box.width === 0 || box.height === 0 ? null : (
          <svg data-drawing width={box.width} height={box.height} role="group" aria-label="Mesh" className="absolute inset-0 block">
            {links.map((link) => (
              <LinkLine key={link.id} link={link} strong={touches(link)} faded={focus !== null && !touches(link)} crowded={crowded} labelled={(touches(link) && readable) || focus === link.id || (focus === null && links.length <= LABELLED_LINKS_MAX && box.width > 600)} onChoose={() => onChoose(link.from < link.to ? link.id : `link:${link.to}|${link.from}`)} />
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
                  moves.show(router);
                }}
                onBlur={() => setPointed(null)}
                onPointerEnter={() => setPointed(router.id)}
                onPointerLeave={() => setPointed(null)}
              >
                <circle r="15" fill="none" strokeWidth="2" className={classNames('group-focus-visible:stroke-accent', router.id === chosen ? 'stroke-ink' : 'stroke-transparent')} />
                <RouterBody router={router} named={named === null || named.has(router.name)} />
              </g>
            ))}
          </svg>
        )}
      </div>
      <ZoomButtons {...moves} />
    </div>
  );
}

function degreesOf(links: PictureInput['mesh']['links']): ReadonlyMap<string, number> {
  const degrees = new Map<string, number>();
  for (const { a, b } of links) for (const end of [a, b]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  return degrees;
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
