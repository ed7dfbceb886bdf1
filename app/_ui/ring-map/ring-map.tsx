/**
 * The orrery: bodies on three rings, at fixed places; size is load, colour is risk, arcs are traffic, dashes
 * are the ghost of the baseline. One tab stop, arrow keys walk, Enter opens. Pointing at a body dims what
 * does not hang on it.
 */
'use client';

import { useMemo, useState, type KeyboardEvent } from 'react';
import { useSize } from '../chart/use-size';
import { classNames } from '../class-names';
import { aggregateBodies } from './aggregate-bodies';
import { BodyMark } from './body-mark';
import { linkCourse } from './link-path';
import { namedBodies } from './named-bodies';
import { bodyScale, placeBodies, placeSatellites, ringGeometry, type Spot } from './place-bodies';
import { BodyLabel, CentreText, Rings } from './ring-labels';
import { LinkMark, SatelliteMark } from './ring-marks';
import type { RingBody, RingMapModel } from './ring-map-types';
import { walkBodies } from './walk-bodies';

type RingMapProps = {
  readonly name: string;
  readonly model: RingMapModel;
  readonly chosenId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly className?: string;
};

export function RingMap({ name, model: whole, chosenId, onOpen, className }: RingMapProps) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const [pointedId, setPointedId] = useState<string | null>(null);
  const [tabId, setTabId] = useState<string | null>(null);
  const outermost = whole.bodies.reduce<0 | 1 | 2>((ring, body) => (body.ring > ring ? body.ring : ring), 0);
  const geometry = useMemo(() => ringGeometry(width, height, outermost), [width, height, outermost]);
  const model = useMemo(() => scaleBodies(aggregateBodies(whole), bodyScale(geometry)), [whole, geometry]);
  const spots = useMemo(() => placeBodies(model.bodies, geometry), [model.bodies, geometry]);
  const seats = useMemo(() => placeSatellites(model.satellites, model.bodies, spots, geometry.centre), [model, spots, geometry]);
  const byId = useMemo(() => new Map(model.bodies.map((body) => [body.id, body])), [model.bodies]);
  const named = useMemo(() => namedBodies(model.bodies), [model.bodies]);
  const focusId = pointedId ?? chosenId;
  const near = useMemo(() => (focusId === null ? null : neighbours(model, focusId)), [model, focusId]);
  const faded = (id: string) => near !== null && !near.has(id);
  const stop = tabId !== null && spots.has(tabId) ? tabId : model.bodies[0]?.id;
  const walk = (event: KeyboardEvent<SVGGElement>, id: string) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onOpen(id);
    }
    if (event.key === 'Escape') return onOpen(null);
    const next = walkBodies(model.bodies, id, event.key);
    if (next === null) return;
    event.preventDefault();
    setTabId(next);
    event.currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-body="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div ref={ref} className={classNames('relative min-h-0 overflow-hidden', className)}>
      {width === 0 || height === 0 ? null : (
        <svg data-drawing width={width} height={height} role="group" aria-label={name} className="absolute inset-0 block">
          <Rings geometry={geometry} count={outermost + 1} />
          <CentreText geometry={geometry} lines={model.centre} />
          <g>
            {model.links.map((link) => {
              const [from, to] = [byId.get(link.from), byId.get(link.to)];
              if (from === undefined || to === undefined) return null;
              const on = focusId !== null && (link.from === focusId || link.to === focusId);
              return <LinkMark key={link.id} link={link} course={linkCourse(from, to, geometry)} faded={near !== null && !on} />;
            })}
            {model.satellites.map((satellite) => {
              const [seat, owner] = [seats.get(satellite.id), spots.get(satellite.ownerId)];
              if (seat === undefined || owner === undefined) return null;
              const on = focusId === satellite.hostId || focusId === satellite.ownerId;
              return <SatelliteMark key={satellite.id} satellite={satellite} seat={seat} owner={owner} ghost={satellite.ghostHostId === null ? null : (spots.get(satellite.ghostHostId) ?? null)} faded={near !== null && !on} strong={on} />;
            })}
          </g>
          {model.bodies.map((body) => (
            <g
              key={body.id}
              role="button"
              tabIndex={body.id === stop ? 0 : -1}
              data-body={body.id}
              aria-label={`${body.label}, ${body.kind}: ${body.reading}`}
              aria-pressed={body.id === chosenId}
              onKeyDown={(event) => walk(event, body.id)}
              onFocus={() => {
                setTabId(body.id);
                setPointedId(body.id);
              }}
              onBlur={() => setPointedId(null)}
              onClick={() => onOpen(body.id === chosenId ? null : body.id)}
              onPointerEnter={() => setPointedId(body.id)}
              onPointerLeave={() => setPointedId(null)}
              className="group cursor-pointer"
              transform={translation(spots.get(body.id)!)}
              opacity={faded(body.id) ? 0.3 : 1}
            >
              <circle r={Math.max(body.radius, body.capacityRadius ?? 0) + 7} fill="none" strokeWidth="2" className={classNames('group-focus-visible:stroke-accent', body.id === chosenId ? 'stroke-ink' : 'stroke-transparent')} />
              <BodyMark body={body} />
              {named.has(body.id) || body.id === focusId ? <BodyLabel body={body} /> : null}
            </g>
          ))}
        </svg>
      )}
      <Readout body={pointedId === null ? undefined : byId.get(pointedId)} />
    </div>
  );
}

function scaleBodies(model: RingMapModel, scale: number): RingMapModel {
  if (scale === 1) return model;
  const scaled = (radius: number | null) => (radius === null ? null : radius * scale);
  return { ...model, bodies: model.bodies.map((body) => ({ ...body, radius: body.radius * scale, capacityRadius: scaled(body.capacityRadius), ghostRadius: scaled(body.ghostRadius) })) };
}

const translation = ({ x, y }: Spot) => `translate(${x.toFixed(1)} ${y.toFixed(1)})`;

/** A body, what it is linked to, and across its satellites what they belong to or sit on. */
function neighbours({ links, satellites }: RingMapModel, id: string): Set<string> {
  const near = new Set([id]);
  for (const { from, to } of links) if (from === id || to === id) near.add(from).add(to);
  for (const { hostId, ownerId } of satellites) if (hostId === id || ownerId === id) near.add(hostId).add(ownerId);
  return near;
}

function Readout({ body }: { readonly body: RingBody | undefined }) {
  if (body === undefined) return null;
  return (
    <p className="pointer-events-none absolute bottom-0 left-0 max-w-full truncate bg-paper pr-2 text-sm text-ink-2">
      <span className="font-medium text-ink">{body.label}</span> {body.kind}: {body.reading}
    </p>
  );
}
