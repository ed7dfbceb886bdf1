/** What the decision loop would find at this second in the mesh and the identities: the same rules, from the same frames. */
'use client';

import { useEffect, useRef, useState } from 'react';
import { Badge } from '@/app/_ui/badge';
import { analyze, DEFAULT_POLICY, observe, type Finding } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';

type FindingListProps = { readonly system: SystemSpec; readonly frames: readonly Frame[]; readonly at: number; readonly kinds: readonly Finding['kind'][] };

export const MESH_FINDINGS = ['link-degraded', 'originator-lost', 'gateway-lost', 'route-flapping', 'routing-loop'] as const;
export const IDENTITY_FINDINGS = ['svid-expiring', 'svid-expired', 'edge-cut-off'] as const;

/** Looked at every few seconds; large meshes more seldom, because a look takes longer. */
const EVERY_SECONDS = 2;
const EVERY_SECONDS_LARGE = 10;
const LARGE_ROUTERS = 100;
const FRAMES_MAX = 600;
const SHOWN = 8;

function findingsAt(frames: readonly Frame[], second: number, system: SystemSpec): readonly Finding[] {
  const later = frames.findIndex((frame) => frame.atUs > second * 1e6);
  const count = later < 0 ? frames.length : later;
  return analyze(observe(frames.slice(Math.max(0, count - FRAMES_MAX), count), system, DEFAULT_POLICY), DEFAULT_POLICY);
}

export function FindingList({ system, frames, at, kinds }: FindingListProps) {
  const every = (system.mesh?.routers.length ?? 0) > LARGE_ROUTERS ? EVERY_SECONDS_LARGE : EVERY_SECONDS;
  const turn = Math.ceil(at / every);
  const latest = useRef(frames);
  useEffect(() => {
    latest.current = frames;
  });
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setFindings(findingsAt(latest.current, turn * every, system).filter((finding) => kinds.includes(finding.kind))), 0);
    return () => clearTimeout(timer);
  }, [turn, every, system, kinds]);
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="grid gap-1">
      {findings.slice(0, SHOWN).map((finding) => (
        <li key={`${finding.kind} ${finding.subject}`} className="flex flex-wrap items-baseline gap-x-2">
          <Badge tone={finding.severity === 'page' ? 'bad' : 'watch'}>{finding.kind}</Badge>
          <span className="font-medium">{finding.subject}</span>
          <span className="text-ink-2">{finding.detail}</span>
        </li>
      ))}
      {findings.length > SHOWN ? <li className="text-ink-3">and {findings.length - SHOWN} more</li> : null}
    </ul>
  );
}
