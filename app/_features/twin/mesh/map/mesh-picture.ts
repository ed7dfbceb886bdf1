/** What the map draws: routers and directed links at their places, in pixels, with the words that say the same. */
import type { MeshSample } from '@/engine/telemetry';
import type { FailureImpact, MeshSpec } from '@/engine/twin';
import type { MeshLayout } from './lay-out-mesh';
import { seenAt, type MapView } from './map-view';
import { reachedIn } from '../outages';
import { tqColour } from './tq-colour';

export type Shade = 'quality' | 'blast' | 'difference';

export type RouterMark = { readonly id: string; readonly name: string; readonly x: number; readonly y: number; readonly isGateway: boolean; readonly isUp: boolean; readonly isThere: boolean; readonly reaches: boolean; readonly colour: string; /** Said after the name: state in words. */ readonly reading: string; /** Drawn below the name. */ readonly note: string; readonly mark: 'none' | 'lost' | 'moved' | 'failed'; /** Direction of the name: away from the links. */ readonly aside: { readonly x: number; readonly y: number }; /** Radius in pixels: smaller in large meshes. */ readonly size: number };
export type LinkMark = { readonly id: string; readonly from: string; readonly to: string; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly tq: number; readonly up: boolean; readonly isRoute: boolean; readonly colour: string; readonly reading: string };

export type PictureInput = {
  readonly mesh: MeshSpec;
  readonly sample: MeshSample;
  readonly layout: MeshLayout;
  readonly box: { readonly width: number; readonly height: number };
  readonly impact: FailureImpact | null;
  readonly then: MeshSample | null;
  readonly view: MapView;
};

const MARGIN = { x: 46, top: 50, bottom: 50 };
/** Width of a letter of a name, about. */
const LETTER = 7;

/** The layout fitted into the box at one scale both ways, and the part of it that is looked at. One that knows no north is turned the way the box lies. */
export function placer({ places, aspect: across, kind }: MeshLayout, { width, height }: PictureInput['box'], view: MapView): (name: string) => { x: number; y: number } {
  const turned = kind === 'force' && width > height !== across > 1;
  const aspect = turned ? 1 / across : across;
  const [w, h] = [Math.max(1, width - 2 * MARGIN.x), Math.max(1, height - MARGIN.top - MARGIN.bottom)];
  const shown = Math.min(Math.max(aspect, 0.35), 4);
  const [drawnW, drawnH] = w / h > shown ? [h * shown, h] : [w, w / shown];
  return (name) => {
    const known = places.get(name) ?? { x: 0.5, y: 0.5 };
    const place = turned ? { x: known.y, y: known.x } : known;
    return seenAt(view, { x: MARGIN.x + (w - drawnW) / 2 + place.x * drawnW, y: MARGIN.top + (h - drawnH) / 2 + place.y * drawnH });
  };
}

export function routerMarks({ mesh, sample, layout, box, impact, then, view }: PictureInput): RouterMark[] {
  const at = placer(layout, box, view);
  const gateways = mesh.routers.filter((router) => router.gateway === true).map((router) => router.name);
  const good = reachedIn(sample, gateways);
  const routes = new Map(sample.routes.map((route) => [route.router, route]));
  const states = new Map(sample.routers?.map((router) => [router.router, router]));
  const before = new Map(then?.routes.map((route) => [route.router, route]));
  const size = bodySize(mesh.routers.length, box, view.scale);
  const free = asides(mesh, at);
  const aside = (name: string) => inside(free(name), at(name).x, name.length * LETTER + 17, box.width);
  return mesh.routers.map((router): RouterMark => {
    const { name } = router;
    const isGateway = router.gateway === true;
    const isUp = states.get(name)?.up ?? true;
    const isThere = isUp || router.planned !== true;
    const route = routes.get(name);
    const reaches = good.has(name);
    const state = !isThere ? 'planned' : !isUp ? 'off' : isGateway ? 'gateway' : reaches ? `TQ ${route?.tq ?? 0} by ${route?.nextHop ?? '–'}` : 'no way to a gateway';
    const old = before.get(name);
    const delta = then === null || route === undefined || old === undefined ? null : route.tq - old.tq;
    const moved = impact?.rerouted.find((other) => other.router === name);
    const mark = impact === null ? 'none' : impact.what.kind === 'router' && impact.what.router === name ? 'failed' : impact.lost.includes(name) ? 'lost' : moved === undefined ? 'none' : 'moved';
    const note = mark === 'failed' ? 'fails' : mark === 'lost' ? 'cut off' : moved !== undefined ? `${moved.outageSeconds} s` : delta !== null && (delta !== 0 || old?.nextHop !== route?.nextHop) ? `${delta > 0 ? '+' : ''}${delta}${old?.nextHop === route?.nextHop ? '' : ' ⇄'}` : !isThere ? 'planned' : !isUp ? 'off' : isGateway ? 'gateway' : reaches ? String(route?.tq ?? 0) : 'no gateway';
    return { id: `router:${name}`, name, ...at(name), isGateway, isUp, isThere, reaches, colour: !isUp || !reaches ? 'var(--bad)' : isGateway ? 'var(--accent)' : tqColour(route?.tq ?? 0), reading: `${state}${mark === 'none' ? '' : `; in this failure: ${note}`}`, note, mark, aside: aside(name), size };
  });
}

/** Radius in pixels: small among many and in a small picture, growing as the map comes nearer. */
const bodySize = (routers: number, { width, height }: PictureInput['box'], scale: number) => (routers <= 60 ? 9 : Math.min(9, (routers <= 150 ? 7 : 4.5) * Math.min(1, Math.sqrt(width * height) / SMALL_BOX_PX) * Math.sqrt(scale)));
/** Side of a square as large as a picture on a narrow screen is not. */
const SMALL_BOX_PX = 640;

/** A name that would leave the picture at its side stands above or below instead. */
function inside(aside: RouterMark['aside'], x: number, wide: number, width: number): RouterMark['aside'] {
  const leaves = aside.x >= 0.5 ? x + wide > width : aside.x <= -0.5 && x - wide < 0;
  return leaves ? { x: 0, y: aside.y < 0 ? -1 : 1 } : aside;
}

/** The direction with the widest gap between a router's links. */
function asides({ links }: MeshSpec, at: (name: string) => { x: number; y: number }): (name: string) => RouterMark['aside'] {
  const angles = new Map<string, number[]>();
  for (const { a, b } of links) {
    const [p, q] = [at(a), at(b)];
    angles.set(a, [...(angles.get(a) ?? []), Math.atan2(q.y - p.y, q.x - p.x)]);
    angles.set(b, [...(angles.get(b) ?? []), Math.atan2(p.y - q.y, p.x - q.x)]);
  }
  return (name) => {
    const own = (angles.get(name) ?? [Math.PI / 2]).sort((x, y) => x - y);
    let best = { gap: 0, middle: 0 };
    own.forEach((angle, i) => {
      const next = own[i + 1] ?? own[0]! + 2 * Math.PI;
      const gap = next - angle + 0.15 * Math.abs(Math.cos((angle + next) / 2)); // beside reads better than above
      if (gap > best.gap) best = { gap, middle: (angle + next) / 2 };
    });
    return { x: Math.cos(best.middle), y: Math.sin(best.middle) };
  };
}

/** Links on the way that a router believes in, hop by hop to its gateway. */
export function wayOf(sample: MeshSample, router: string): ReadonlySet<string> {
  const hops = new Map(sample.routes.map((route) => [route.router, route.nextHop]));
  const way = new Set<string>();
  for (let at = router, next = hops.get(at) ?? null; next !== null && !way.has(`link:${at}|${next}`); at = next, next = hops.get(at) ?? null) way.add(`link:${at}|${next}`);
  return way;
}

/** Two marks a link, one per direction, a little apart, those of routes last and so on top; `from` is the sender, the TQ is what `to` shows for it. */
export function linkMarks({ mesh, sample, layout, box, view }: PictureInput): LinkMark[] {
  const at = placer(layout, box, view);
  const body = bodySize(mesh.routers.length, box, view.scale);
  const hops = new Map(sample.routes.map((route) => [route.router, route.nextHop]));
  const planned = new Set(mesh.links.filter((link) => link.planned === true).flatMap(({ a, b }) => [`${a}|${b}`, `${b}|${a}`]));
  return sample.links
    .filter((link) => link.up || !planned.has(`${link.from}|${link.to}`))
    .map((link): LinkMark => {
      const [p, q] = [at(link.from), at(link.to)];
      const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
      const [ux, uy] = [(q.x - p.x) / length, (q.y - p.y) / length];
      const [gap, side] = [Math.min(body + 4, length / 4), Math.min(2.6, body / 2.5)];
      return {
        id: `link:${link.from}|${link.to}`, from: link.from, to: link.to, tq: link.tq, up: link.up, isRoute: link.up && hops.get(link.from) === link.to,
        x1: p.x + ux * gap - uy * side, y1: p.y + uy * gap + ux * side, x2: q.x - ux * gap - uy * side, y2: q.y - uy * gap + ux * side,
        colour: link.up ? tqColour(link.tq) : 'var(--bad)',
        reading: `${link.from} to ${link.to}: ${link.up ? `TQ ${link.tq}` : 'cut'}`,
      };
    })
    .sort((a, b) => Number(a.isRoute) - Number(b.isRoute) || (a.id < b.id ? -1 : 1));
}
