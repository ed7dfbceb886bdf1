/**
 * The picture of a cluster in an element: keeps the camera, draws a frame when something asks for one (never more than one
 * a refresh, none while nothing moves) and tells what is pointed at. React gives it scenes and is not part of a frame.
 */
import { between, fitCamera, panBy, showRect, zoomAt, type Camera, type Room } from './camera';
import { collectNear, rectList } from './collect-near';
import { gapPx, PODS_FROM_PX } from './detail';
import { drawMarks, type Marks } from './draw-marks';
import { drawWords } from './draw-words';
import { listenToGestures } from './gestures';
import { openRenderer, type RendererChoice } from './open-renderer';
import { pick, type Picked } from './pick';
import type { Scene } from './scene';

export type ViewListeners = { readonly onHover: (picked: Picked | null, x: number, y: number) => void; readonly onChoose: (picked: Picked | null) => void };
export type ClusterView = {
  setScene(scene: Scene): void;
  setMarks(marks: Partial<Pick<Marks, 'chosen' | 'focus'>>): void;
  /** So that a node is in the middle and its pods can be seen. */
  flyTo(node: number): void;
  /** Moves as little as needed to have a node in sight. */
  keepInSight(node: number): void;
  fit(): void;
  zoom(factor: number): void;
  pan(dxPx: number, dyPx: number): void;
  readonly rendererKind: () => 'webgl2' | '2d' | null;
  close(): void;
};

const FLIGHT_MS = 250;
const NEAR_PX = 120;
const PIXEL_RATIO_MAX = 2;

export function openView(element: HTMLElement, choice: RendererChoice, { onHover, onChoose }: ViewListeners): ClusterView {
  let scene: Scene | null = null;
  let camera: Camera | null = null;
  let room: Room = { width: element.clientWidth, height: element.clientHeight };
  let marks: Marks = { hover: null, chosen: null, focus: -1 };
  let flight: { readonly from: Camera; readonly to: Camera; readonly startMs: number } | null = null;
  let frame = 0;
  const rects = rectList();
  const font = getComputedStyle(element).fontFamily;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let renderer = openRenderer(element, choice, reopen);

  function reopen(): void {
    renderer?.close();
    renderer = openRenderer(element, '2d', () => undefined);
    fitRenderer();
  }
  function fitRenderer(): void {
    renderer?.resize(room, Math.min(PIXEL_RATIO_MAX, devicePixelRatio || 1));
    if (scene !== null) renderer?.setLattice({ ...scene.lattice, pixels: scene.pixels }, scene.palette);
    ask();
  }
  function ask(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  function draw(nowMs: number): void {
    frame = 0;
    if (scene === null || camera === null || renderer === null) return;
    if (flight !== null) {
      const t = Math.min(1, (nowMs - flight.startMs) / FLIGHT_MS);
      camera = between(flight.from, flight.to, Math.max(0, t), room);
      if (t >= 1) flight = null;
      else ask();
    }
    renderer.draw(camera, gapPx(camera.scale), camera.scale >= PODS_FROM_PX ? collectNear(rects, scene, camera, room) : null);
    const paper = { context: renderer.overlay(), camera, room, font };
    drawWords(paper, scene);
    drawMarks(paper, scene, marks);
  }
  function go(to: Camera): void {
    if (camera === null || still.matches) camera = to;
    else flight = { from: camera, to, startMs: performance.now() };
    ask();
  }
  function set(next: Camera): void {
    flight = null;
    camera = next;
    ask();
  }
  const at = (x: number, y: number) => (scene === null || camera === null ? null : pick({ lattice: scene.lattice, seats: scene.seats, nodeState: scene.picture.moment.nodes.state }, camera, x, y));
  const point = (picked: Picked | null, x: number, y: number) => {
    if (picked?.node === marks.hover?.node && picked?.pod === marks.hover?.pod) return;
    marks = { ...marks, hover: picked };
    onHover(picked, x, y);
    ask();
  };
  const cellRect = (node: number) => {
    const cell = scene?.lattice.cellOfNode[node] ?? -1;
    return cell < 0 || scene === null ? null : { column: cell % scene.lattice.columns, row: Math.floor(cell / scene.lattice.columns), columns: 1, rows: 1 };
  };
  const view: ClusterView = {
    setScene(next) {
      const moved = scene === null || scene.layout.columns !== next.layout.columns;
      scene = next;
      renderer?.setLattice({ ...next.lattice, pixels: next.pixels }, next.palette);
      if (camera === null || moved) camera = room.width === 0 ? null : fitCamera(next.lattice, room);
      ask();
    },
    setMarks(change) {
      marks = { ...marks, ...change };
      ask();
    },
    flyTo(node) {
      const rect = cellRect(node);
      if (rect !== null) go(showRect(rect, room, Math.max(NEAR_PX, camera?.scale ?? 0)));
    },
    keepInSight(node) {
      const rect = cellRect(node);
      if (rect === null || camera === null) return;
      const [x, y] = [(rect.column - camera.x) * camera.scale, (rect.row - camera.y) * camera.scale];
      const off = (from: number, size: number) => (from < 0 ? -from : from + camera!.scale > size ? size - from - camera!.scale : 0);
      if (off(x, room.width) !== 0 || off(y, room.height) !== 0) set(panBy(camera, off(x, room.width), off(y, room.height), scene!.lattice, room));
    },
    fit() {
      if (scene !== null) go(fitCamera(scene.lattice, room));
    },
    zoom(factor) {
      if (scene !== null && camera !== null) go(zoomAt(flight?.to ?? camera, factor, { x: room.width / 2, y: room.height / 2 }, scene.lattice, room));
    },
    pan(dxPx, dyPx) {
      if (scene !== null && camera !== null) set(panBy(camera, dxPx, dyPx, scene.lattice, room));
    },
    rendererKind: () => renderer?.kind ?? null,
    close() {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      deaf();
      renderer?.close();
      element.replaceChildren();
    },
  };
  const deaf = listenToGestures(element, {
    pan: (dx, dy) => {
      point(null, 0, 0);
      view.pan(dx, dy);
    },
    zoom: (factor, x, y) => scene !== null && camera !== null && set(zoomAt(camera, factor, { x, y }, scene.lattice, room)),
    hover: (x, y) => point(at(x, y), x, y),
    leave: () => point(null, 0, 0),
    click: (x, y) => onChoose(at(x, y)),
    doubleClick: (x, y) => {
      const picked = at(x, y);
      if (picked !== null) view.flyTo(picked.node);
    },
  });
  const sizes = new ResizeObserver(() => {
    const wasFit = scene !== null && camera !== null && room.width > 0 && Math.abs(camera.scale / fitCamera(scene.lattice, room).scale - 1) < 0.02;
    room = { width: element.clientWidth, height: element.clientHeight };
    if (scene !== null && room.width > 0 && (camera === null || wasFit)) camera = fitCamera(scene.lattice, room);
    fitRenderer();
    draw(performance.now());
  });
  sizes.observe(element);
  fitRenderer();
  return view;
}
