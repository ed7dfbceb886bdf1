/** The picture in the page: pointer and keys, a card for what is under the pointer, and the same in words for a screen reader. */
'use client';

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '@/app/_ui/button';
import { neighbour } from '../layout/lattice';
import { openView, type ClusterView } from '../view/open-view';
import type { RendererChoice } from '../view/open-renderer';
import type { Picked } from '../view/pick';
import type { Scene } from '../view/scene';
import { describeNode, describePod } from './describe';
import { HoverCard } from './hover-card';

type ClusterCanvasProps = {
  readonly name: string;
  readonly scene: Scene;
  readonly chosen: Picked | null;
  readonly onChoose: (picked: Picked | null) => void;
  readonly renderer: RendererChoice;
  /** Given to who wants to fly somewhere; null when it is gone. */
  readonly onView: (view: ClusterView | null) => void;
  readonly legend: ReactNode;
};

const PAN_PX = 80;
const ZOOM_STEP = 1.5;
const ARROWS: Readonly<Record<string, readonly [column: number, row: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function ClusterCanvas({ name, scene, chosen, onChoose, renderer, onView, legend }: ClusterCanvasProps) {
  const room = useRef<HTMLDivElement>(null);
  const view = useRef<ClusterView | null>(null);
  const listeners = useRef({ onChoose, onView });
  const [hover, setHover] = useState<{ readonly picked: Picked; readonly x: number; readonly y: number } | null>(null);
  const [focus, setFocus] = useState(-1);
  useEffect(() => {
    listeners.current = { onChoose, onView };
  });
  useEffect(() => {
    const opened = openView(room.current!, renderer, {
      onHover: (picked, x, y) => setHover(picked === null ? null : { picked, x, y }),
      onChoose: (picked) => listeners.current.onChoose(picked),
    });
    view.current = opened;
    room.current!.dataset.renderer = opened.rendererKind() ?? 'none';
    listeners.current.onView(opened);
    return () => {
      listeners.current.onView(null);
      opened.close();
      view.current = null;
    };
  }, [renderer]);
  useEffect(() => view.current?.setScene(scene), [scene, renderer]);
  useEffect(() => view.current?.setMarks({ chosen, focus }), [chosen, focus, renderer]);

  const step = (columns: number, rows: number) => {
    const from = focus >= 0 ? focus : (chosen?.node ?? -1);
    const to = from >= 0 ? neighbour(scene.lattice, from, columns, rows) : scene.lattice.nodeAt.find((node) => node >= 0) ?? -1;
    if (to < 0) return;
    setFocus(to);
    view.current?.keepInSight(to);
  };
  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      if (event.shiftKey) view.current?.pan(-arrow[0] * PAN_PX, -arrow[1] * PAN_PX);
      else step(...arrow);
    } else if (event.key === '+' || event.key === '=') view.current?.zoom(ZOOM_STEP);
    else if (event.key === '-') view.current?.zoom(1 / ZOOM_STEP);
    else if (event.key === '0') view.current?.fit();
    else if (event.key === 'Enter' && focus >= 0) {
      onChoose({ node: focus, pod: -1 });
      view.current?.flyTo(focus);
    } else if (event.key === 'Escape') onChoose(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-1.5">
      <div
        role="application"
        aria-roledescription="picture of a cluster"
        aria-label={name}
        aria-describedby="cluster-keys"
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => setFocus(-1)}
        className="relative min-h-0 flex-1 touch-none overflow-hidden border border-line select-none"
      >
        <div ref={room} className="absolute inset-0" data-testid="cluster-room" />
        {hover === null ? null : <HoverCard scene={scene} {...hover} />}
      </div>
      <p id="cluster-keys" className="sr-only">
        Arrow keys go from node to node, Shift with an arrow moves the picture, plus and minus zoom, 0 shows all, Enter opens the node. The same is a table under Table.
      </p>
      <p role="status" className="sr-only">
        {focus >= 0 ? describeNode(scene, focus) : chosen !== null && chosen.pod >= 0 ? describePod(scene, chosen.pod) : ''}
      </p>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        {legend}
        <div className="ml-auto flex gap-1" data-no-print>
          <Button small aria-label="Zoom in" onClick={() => view.current?.zoom(ZOOM_STEP)} className="w-7">
            +
          </Button>
          <Button small aria-label="Zoom out" onClick={() => view.current?.zoom(1 / ZOOM_STEP)} className="w-7">
            −
          </Button>
          <Button small onClick={() => view.current?.fit()}>
            Show all
          </Button>
        </div>
      </div>
    </div>
  );
}
