/** What happened to nodes between two moments, for the time axis. */
import { cluster } from '@/engine/twin';
import type { TimeLineEvent } from '@/app/_lib/time-line/time-line';
import { NODE_LOOK } from '../paint/palette';
import type { ClusterMark } from './use-running-cluster';

const { PictureNodeState: N } = cluster;
const EVENTS_MAX = 40;

/** Nodes that were lost, one event each; when more than a few at once, one for all. */
export function nodeEvents(names: readonly string[], marks: readonly ClusterMark[]): readonly TimeLineEvent[] {
  const events: TimeLineEvent[] = [];
  marks.slice(1).forEach(({ moment }, i) => {
    const before = marks[i]!.moment.nodes.state;
    const lost = [...moment.nodes.state.keys()].filter((node) => moment.nodes.state[node] === N.notReady && before[node] !== N.notReady);
    if (lost.length === 0) return;
    const word = NODE_LOOK[N.notReady]!.word;
    events.push({ at: moment.atSeconds, tone: 'bad', label: lost.length > 3 ? `${lost.length} nodes ${word}` : `${lost.map((node) => names[node]).join(', ')} ${word}` });
  });
  return events.slice(-EVENTS_MAX);
}
