/** The mesh by its coordinates: links coloured by the transmit quality their receivers see, routes to the gateway drawn strong. */
'use client';

import type { Edge } from '@xyflow/react';
import type { MeshSample } from '@/engine/telemetry';
import { BODY_HEIGHT, BODY_WIDTH, FlowCanvas, type BodyNode } from './flow-canvas';
import type { LensProps } from './infra-lens';
import { riskColour } from './risk-colour';

const SCALE = 96;

/** TQ 255 is a perfect link; the worse it is, the further up the risk scale. */
const tqColour = (tq: number) => riskColour(1 - tq / 255 + 0.2);

export function MeshLens({ system, frame, chosen, onChoose }: LensProps) {
  const { mesh } = system;
  if (mesh === undefined || frame.mesh === null) return <p className="text-ink-2">There is no mesh in front of this system.</p>;
  const sample = frame.mesh;
  const nodes = mesh.routers.map((router, i): BodyNode => {
    const route = sample.routes.find((each) => each.router === router.name);
    const id = `router:${router.name}`;
    const line = router.gateway === true ? 'gateway' : route?.nextHop ? `to ${route.gateway} by ${route.nextHop}` : 'no route';
    return {
      id,
      type: 'body',
      width: BODY_WIDTH,
      height: BODY_HEIGHT,
      position: { x: (router.x ?? (i % 6) * 2) * SCALE, y: (router.y ?? Math.floor(i / 6) * 2) * SCALE * 0.7 },
      ariaLabel: `${router.name}, router: ${line}`,
      data: { title: router.name, lines: [line, route === undefined ? '' : `TQ ${route.tq} of 255`].filter((text) => text !== ''), colour: router.gateway === true ? 'var(--accent)' : tqColour(route?.tq ?? 0), muted: router.gateway !== true && !route?.nextHop, chosen: chosen === id },
    };
  });
  return <FlowCanvas name="Mesh" nodes={nodes} edges={linkEdges(sample)} onChoose={onChoose} />;
}

/** One edge per pair, the way the route runs where one does; the label has both directions. */
function linkEdges({ links, routes }: MeshSample): Edge[] {
  return links.filter((link) => link.from < link.to).map((link): Edge => {
    const back = links.find((other) => other.from === link.to && other.to === link.from);
    const routed = routes.find((route) => (route.router === link.from && route.nextHop === link.to) || (route.router === link.to && route.nextHop === link.from));
    const forward = routed === undefined || routed.router === link.from;
    const worst = Math.min(link.tq, back?.tq ?? 255);
    return {
      id: `${link.from}-${link.to}`,
      source: `router:${forward ? link.from : link.to}`,
      target: `router:${forward ? link.to : link.from}`,
      type: 'straight',
      label: link.up ? `${link.tq} / ${back?.tq ?? '–'}` : 'cut',
      ariaLabel: `${link.from} to ${link.to}: TQ ${link.tq}, back ${back?.tq ?? 'unknown'}`,
      style: { stroke: link.up ? tqColour(worst) : 'var(--bad)', strokeWidth: routed === undefined ? 1 : 3, strokeDasharray: link.up ? undefined : '4 4' },
      ...(routed === undefined ? {} : { markerEnd: { type: 'arrowclosed' as const, color: tqColour(worst) } }),
      labelStyle: { fill: 'var(--ink-2)', fontSize: 11 },
      labelBgStyle: { fill: 'var(--paper)' },
    };
  });
}
