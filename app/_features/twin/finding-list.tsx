/** What the decision loop would find at this second in the mesh and the identities: the same rules, from the same frames. */
'use client';

import { useMemo } from 'react';
import { Badge } from '@/app/_ui/badge';
import { analyze, DEFAULT_POLICY, observe, type Finding } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';

type FindingListProps = { readonly system: SystemSpec; readonly frames: readonly Frame[]; readonly at: number; readonly kinds: readonly Finding['kind'][] };

export const MESH_FINDINGS = ['link-degraded', 'originator-lost', 'gateway-lost', 'route-flapping', 'routing-loop'] as const;
export const IDENTITY_FINDINGS = ['svid-expiring', 'svid-expired', 'edge-cut-off'] as const;

const EVERY_SECONDS = 2;
const FRAMES_MAX = 600;
const SHOWN = 8;

export function FindingList({ system, frames, at, kinds }: FindingListProps) {
  const until = Math.ceil(at / EVERY_SECONDS) * EVERY_SECONDS * 1e6;
  const first = frames.findIndex((frame) => frame.atUs > until);
  const count = first < 0 ? frames.length : first;
  const findings = useMemo(() => {
    const seen = frames.slice(Math.max(0, count - FRAMES_MAX), count);
    return analyze(observe(seen, system, DEFAULT_POLICY), DEFAULT_POLICY).filter((finding) => kinds.includes(finding.kind));
  }, [frames, count, system, kinds]);
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
