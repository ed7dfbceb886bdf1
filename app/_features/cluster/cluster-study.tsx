/** One cluster at one moment: headline, search, lens, the picture or its table, and what is chosen. */
'use client';

import { useCallback, useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { useOfferCommands } from '@/app/_lib/commands/offered-commands';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { cluster } from '@/engine/twin';
import { filterIndex, matchFilter } from './filter/match-filter';
import { parseFilter } from './filter/parse-filter';
import { LENSES, lensOf, type LensId } from './paint/lens';
import { ClusterCanvas } from './panels/cluster-canvas';
import { ClusterHeadline } from './panels/cluster-headline';
import { ClusterLegend } from './panels/cluster-legend';
import { ClusterOverview } from './panels/cluster-overview';
import { ClusterSearch } from './panels/cluster-search';
import { ClusterTable } from './panels/cluster-table';
import { MatchList } from './panels/match-list';
import { NodeInspector } from './panels/node-inspector';
import { PodInspector } from './panels/pod-inspector';
import { chosenText, readChosen } from './run/chosen';
import type { ClusterMark, RunningCluster } from './run/use-running-cluster';
import type { RendererChoice } from './view/open-renderer';
import type { ClusterView } from './view/open-view';
import type { Picked } from './view/pick';
import { measureNodes, paintScene, placePicture, type Placed } from './view/scene';
import { usePalette } from './view/use-palette';

type Shown = 'picture' | 'nodes' | 'pods';
type ClusterStudyProps = { readonly shape: cluster.ClusterShape; readonly mark: ClusterMark; readonly isNow: boolean; /** Under the overview. */ readonly footer: ReactNode } & Pick<RunningCluster, 'explainPending'> & { /** Null where nothing runs. */ readonly drain: RunningCluster['drain'] | null };

const WIDE_ASPECT = 1.7;
const TALL_ASPECT = 0.8;
const aspectNow = () => (matchMedia('(max-width: 767px)').matches ? TALL_ASPECT : WIDE_ASPECT);

export function ClusterStudy({ shape, mark, isNow, footer, drain, explainPending }: ClusterStudyProps) {
  const { moment } = mark;
  const [placed, setPlaced] = useState<Placed>(() => placePicture({ shape, moment }, aspectNow(), null));
  if (placed.picture.moment !== moment) setPlaced(placePicture({ shape, moment }, aspectNow(), placed));
  const [lensId, setLens] = useUrlParam('colour');
  const [query, setQuery] = useUrlParam('q');
  const [chosenId, setChosen] = useUrlParam('in');
  const [rendererId] = useUrlParam('renderer');
  const [view, setView] = useUrlParam('as');
  const text = query ?? '';
  const lens = lensOf(lensId);
  const palette = usePalette(lens);
  const { picture } = placed;
  const podNames = moment.pods.name;
  const index = useMemo(() => filterIndex(shape, podNames), [shape, podNames]);
  const parsed = useMemo(() => parseFilter(text), [text]);
  const matches = useMemo(() => matchFilter(picture, index, parsed.terms), [picture, index, parsed]);
  const measured = useMemo(() => measureNodes(placed, lens), [placed, lens]);
  const scene = useMemo(() => (palette === null ? null : paintScene(measured, palette, matches)), [measured, palette, matches]);
  const listed = useDeferredValue(matches);
  const chosen = useMemo(() => readChosen(picture, chosenId), [picture, chosenId]);
  const flying = useRef<ClusterView | null>(null);
  const keepView = useCallback((opened: ClusterView | null) => {
    flying.current = opened;
  }, []);
  const choose = useCallback((picked: Picked | null) => setChosen(chosenText(picture, picked)), [picture, setChosen]);
  const go = useCallback(
    (picked: Picked) => {
      choose(picked);
      if (picked.node >= 0) flying.current?.flyTo(picked.node);
    },
    [choose],
  );
  const goToFirst = () => {
    const node = matches?.nodes.indexOf(1) ?? -1;
    const pod = matches?.pods.indexOf(1) ?? -1;
    if (node >= 0) go({ node, pod: -1 });
    else if (pod >= 0) go({ node: moment.pods.node[pod]!, pod });
  };
  const find = useCallback((next: string) => setQuery(next === '' ? null : next), [setQuery]);
  const states = useMemo(() => countStates(moment.nodes.state), [moment]);
  useOfferCommands(useMemo(() => LENSES.map(({ id, label, share }) => ({ name: `Colour nodes by: ${label}`, about: share, run: () => setLens(id) })), [setLens]));
  const shown: Shown = view === 'nodes' || view === 'pods' ? view : 'picture';
  const renderer: RendererChoice = rendererId === '2d' || rendererId === 'webgl2' ? rendererId : 'best';
  return (
    <>
      <ClusterHeadline placed={placed} mark={mark} states={states} onFind={find} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <ClusterSearch text={text} onText={find} issues={parsed.issues} matches={matches} onEnter={goToFirst} />
        <SegmentedControl<LensId> label="Colour of a node" value={lens.id} segments={LENSES.map(({ id, label, share }) => ({ value: id, label, title: share }))} onChange={setLens} className="mt-1" />
        <SegmentedControl<Shown> label="Shown as" value={shown} segments={[{ value: 'picture', label: 'Picture' }, { value: 'nodes', label: 'Table of nodes' }, { value: 'pods', label: 'of pods' }]} onChange={(next) => setView(next === 'picture' ? null : next)} className="mt-1" />
      </div>
      <div className="grid min-h-0 flex-1 gap-4 max-md:grid-rows-[60vh_auto] md:grid-cols-[minmax(0,1fr)_292px]">
        {shown === 'picture' ? (
          scene === null || palette === null ? <div /> : <ClusterCanvas name={`Picture of ${shape.name}`} scene={scene} chosen={chosen} onChoose={choose} renderer={renderer} onView={keepView} legend={<ClusterLegend lens={lens} palette={palette} states={states} />} />
        ) : (
          <ClusterTable placed={placed} matches={matches} of={shown} chosen={chosen} onChoose={choose} />
        )}
        <aside aria-label="Chosen" className="grid min-h-0 content-start gap-3 overflow-y-auto">
          {listed === null ? null : <MatchList placed={placed} matches={listed} onGo={go} onNarrow={find} />}
          {chosen !== null && chosen.pod >= 0 ? <PodInspector placed={placed} pod={chosen.pod} onChoose={choose} onFind={find} explain={isNow ? explainPending : null} /> : null}
          {chosen !== null && chosen.pod < 0 && palette !== null ? <NodeInspector placed={placed} palette={palette} node={chosen.node} onChoose={choose} onDrain={isNow ? drain : null} /> : null}
          {chosen === null ? <ClusterOverview measured={measured} report={mark.report} onGo={go} onFind={find} /> : null}
          {chosen === null && matches === null ? footer : null}
        </aside>
      </div>
    </>
  );
}

function countStates(state: Uint8Array): readonly number[] {
  const counts = new Array<number>(8).fill(0);
  for (const each of state) counts[each] = counts[each]! + 1;
  return counts;
}
