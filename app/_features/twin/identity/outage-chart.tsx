/**
 * What an outage of all identity servers would do, by its length: the share of workloads left without a valid SVID. The
 * closed form holds for renewals spread evenly; the line of this world follows from the SVIDs that are in hand now.
 */
'use client';

import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import { expiredShare, type IdentityInspection } from '@/engine/twin';

const POINTS = 60;

export function OutageChart({ seen, renewAt }: { readonly seen: IdentityInspection; readonly renewAt: number | undefined }) {
  const lives = seen.issued.map((svid) => svid.notAfter - svid.at);
  const ttl = lives.length === 0 ? 0 : Math.max(...lives);
  if (ttl === 0) return null;
  const held = seen.workloads.filter((workload) => workload.state !== 'not registered');
  const longest = 1.1 * ttl;
  const at = Array.from({ length: POINTS + 1 }, (_, i) => (i * longest) / POINTS);
  const gone = (seconds: number) => held.filter((workload) => (workload.notAfter ?? 0) - seen.atSeconds <= seconds).length / Math.max(1, held.length);
  const line = (key: string, label: string, colour: number, provenance: LineSeries['provenance'], of: (seconds: number) => number): LineSeries => ({ key, label, colour: `var(--series-${colour})`, provenance, points: at.map((seconds) => [seconds, of(seconds)] as const) });
  return (
    <TimeSeriesChart
      title="If no identity server answers from now on"
      summary={`share without a valid SVID after so long; SVIDs live ${Math.round(ttl / 60)} min`}
      unit="share"
      most={1}
      fileName="identity-outage"
      domain={[0, longest]}
      height={150}
      formatX={(seconds) => `${Math.round(seconds / 60)} min`}
      lines={[line('world', 'these SVIDs', 1, 'simulated', gone), line('form', 'closed form', 4, 'forecast', (seconds) => expiredShare(seconds, ttl, renewAt))]}
    />
  );
}
