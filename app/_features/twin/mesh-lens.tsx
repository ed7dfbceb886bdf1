/**
 * The mesh of the running world at the second under the cursor: who reaches a gateway and how well, what a failure would
 * do, what happened, what differs from a marked moment.
 */
'use client';

import { useMemo, useRef, useState } from 'react';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { frameAt, type LiveWorldState } from '@/app/_lib/live-world/live-world-state';
import { momentOf } from '@/app/_lib/live-world/use-look';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { Notice } from '@/app/_ui/notice';
import type { Frame, MeshSample } from '@/engine/telemetry';
import { bestSites, meshGraph, sweepFailures, sweepPairs, type MeshSpec, type SystemSpec } from '@/engine/twin';
import { FindingList, MESH_FINDINGS } from './finding-list';
import { BuildPanel, buildAt } from './mesh/build-panel';
import { FailurePanel, impactId } from './mesh/failure-panel';
import { FidelityStrip } from './mesh/fidelity-strip';
import { hasPlaces, layOutMesh } from './mesh/map/lay-out-mesh';
import { MapBar } from './mesh/map/map-bar';
import { answerOf } from './mesh/mesh-answer';
import { MeshMap } from './mesh/map/mesh-map';
import type { Shade } from './mesh/map/mesh-picture';
import { MeshActions, OriginatorPanel } from './mesh/originator-panel';
import { DifferencePanel, OutagePanel } from './mesh/outage-panel';
import { linkChanges, outagesOf, routeChanges } from './mesh/outages';
import { OwnMesh } from './mesh/own-mesh';
import { useFilm } from './mesh/use-film';
import { usePlayback } from './mesh/use-playback';
import { useRouterTables } from './mesh/use-router-tables';
import { asBuilt, builtParts, withAdded } from './mesh/with-added';

type MeshLensProps = {
  readonly system: SystemSpec;
  readonly frames: readonly Frame[];
  readonly frame: Frame;
  readonly from: number;
  readonly now: number;
  readonly onCursor: (at: number | null) => void;
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly world: LiveWorld;
  readonly state: LiveWorldState;
};

const PAIRS_ROUTERS_MAX = 100;
/** About a second in a browser. */
const SWEPT_ROUTERS_MAX = 700;

export function MeshLens(props: MeshLensProps) {
  const { mesh } = props.system;
  const sample = props.frame.mesh;
  if (mesh === undefined || sample === null)
    return (
      <div className="grid gap-4">
        <p className="text-ink-2">There is no mesh in front of this system.</p>
        <OwnMesh mesh={null} look={props.world.look} span={null} />
      </div>
    );
  return <MeshOf {...props} described={mesh} sample={sample} />;
}

function MeshOf({ system, described, sample, frames, frame, from, now, onCursor, chosen, onChoose, world, state }: MeshLensProps & { readonly described: MeshSpec; readonly sample: MeshSample }) {
  const [shade, setShade] = useState<Shade>('quality');
  const [marked, setMarked] = useState<number | null>(null);
  const at = frame.atUs / 1e6;
  const mesh = withAdded(described, sample.added);
  const gateways = useMemo(() => mesh.routers.filter((router) => router.gateway === true).map((router) => router.name), [mesh]);
  const [places, setPlaces] = useState<'known' | 'links'>('known');
  const layout = useMemo(() => layOutMesh(mesh, places === 'links'), [mesh, places]);
  const parts = builtParts(mesh, sample);
  const built = useMemo(() => asBuilt(mesh, parts), [mesh, parts]);
  const sweep = useMemo(() => (built.routers.length > SWEPT_ROUTERS_MAX ? null : sweepFailures(meshGraph(built), built.ogmIntervalMs)), [built]);
  const pairs = useMemo(() => (built.routers.length > PAIRS_ROUTERS_MAX ? null : sweepPairs(meshGraph(built))), [built]);
  const sites = useMemo(() => (built.routers.length > 150 ? [] : bestSites(built, 3)), [built]);
  const outages = useMemo(() => outagesOf(frames, gateways), [frames, gateways]);
  const playback = usePlayback({ from, to: now, at, onCursor });
  const picture = useRef<HTMLDivElement>(null);
  const film = useFilm({ from, to: now, speed: playback.speed, onCursor, svg: () => picture.current?.querySelector<SVGSVGElement>('svg[data-drawing]') ?? null, title: state.opened.spec.title });
  const router = chosen?.startsWith('router:') === true ? chosen.slice('router:'.length) : null;
  const compares = shade === 'difference' && marked !== null;
  const tables = useRouterTables(world.look, router, momentOf(at, now), now);
  const tablesThen = useRouterTables(world.look, compares ? router : null, marked === null ? null : Math.floor(marked), now);
  const then = marked === null ? null : (frameAt(frames, marked)?.mesh ?? null);
  const impact = shade === 'blast' ? (sweep?.impacts.find((each) => impactId(each) === chosen) ?? null) : null;
  const spec = mesh.routers.find((each) => each.name === router);
  const seen = sample.routers?.find((each) => each.router === router);
  const mark = (on: boolean) => {
    setMarked(on ? at : null);
    setShade(on ? 'difference' : 'quality');
  };
  return (
    <div className="grid gap-4">
      <p>{answerOf(mesh, sample, gateways)}</p>
      <FindingList system={system} frames={frames} at={at} kinds={MESH_FINDINGS} />
      <MapBar shade={shade} onShade={setShade} playback={playback} film={film} marked={marked} onMark={mark} places={hasPlaces(mesh) ? places : null} onPlaces={setPlaces} />
      {shade === 'blast' && impact === null ? <p className="text-ink-2">Choose a router or a link, on the map or in the table of failures: whoever would be cut off is crossed out, whoever would come back shows the seconds it takes.</p> : null}
      {shade === 'difference' && then === null ? <p className="text-ink-2">Move the time cursor to a moment and mark it; then move on, and the map shows what changed.</p> : null}
      <div ref={picture}>
        <ChartFrame
          title={`Mesh, second ${Math.round(at)}`}
          summary={layout.kind === 'force' ? (hasPlaces(mesh) ? 'laid out by its links' : 'no positions are known: laid out by its links') : layout.kind === 'geographic' ? 'by longitude and latitude' : undefined}
          fileName={`mesh-${Math.round(at)}`}
          data={() => ({ header: ['from', 'to', 'tq', 'up', 'is next hop'], rows: sample.links.map((link) => [link.from, link.to, link.tq, link.up ? 'yes' : 'no', sample.routes.some((route) => route.router === link.from && route.nextHop === link.to) ? 'yes' : '']) })}
        >
          <MeshMap mesh={mesh} sample={sample} layout={layout} impact={impact} then={shade === 'difference' ? then : null} chosen={chosen} onChoose={onChoose} />
        </ChartFrame>
      </div>
      {chosen !== null && (router !== null || chosen.startsWith('link:')) ? <MeshActions chosen={chosen} isGateway={spec?.gateway === true} isPlanned={spec?.planned === true} isUp={seen?.up ?? true} hopPenalty={seen?.hopPenalty ?? 30} busy={state.asking !== null} onAsk={(change) => void world.ask(change)} /> : null}
      {state.asking !== null ? <p role="status">Working out “{state.asking}” on a fork of this world.</p> : state.answer === null ? null : <Notice tone="info" what={state.answer.whatIf.sentence} next="It is done in the running world now; the Now page takes it back." />}
      {shade === 'difference' && then !== null && marked !== null ? <DifferencePanel changes={routeChanges(then, sample)} links={linkChanges(then, sample)} marked={marked} at={at} /> : null}
      {tables === null ? null : tables.value === null ? <p className="text-ink-2">The tables of second {tables.at ?? Math.round(now)} were not kept: the mesh is too large to keep its past, or the second is before the world was opened.</p> : <OriginatorPanel seen={tables.value} isNow={tables.at === null} then={tablesThen?.value ?? null} />}
      <FidelityStrip />
      {sweep === null ? (
        <p className="text-ink-2">Single failures of a mesh this large: npm run orrery -- sweep mesh FILE.</p>
      ) : (
        <FailurePanel
          sweep={sweep}
          pairs={pairs}
          sites={sites}
          busy={state.asking !== null}
          onBuild={(site) => void world.ask(buildAt(mesh, site))}
          chosen={chosen}
          onChoose={(id) => {
            setShade('blast');
            onChoose(id);
          }}
        />
      )}
      <BuildPanel mesh={mesh} busy={state.asking !== null} onAsk={(change) => void world.ask(change)} />
      <OutagePanel outages={outages} onChoose={onChoose} onCursor={onCursor} />
      <OwnMesh mesh={mesh} look={world.look} span={{ name: state.opened.spec.id, fromSeconds: Math.ceil(from), toSeconds: Math.floor(now), seed: state.opened.spec.seed, steps: state.steps.map(({ at: second, change }) => ({ at: second, faults: change.faults, commands: change.commands })) }} />
    </div>
  );
}
