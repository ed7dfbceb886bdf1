/** The decision loop over a mesh with identities: what it finds, what it would do, and what came of it. */
import { describe, expect, it } from 'vitest';
import type { Decision } from '@/engine/loop';
import { advanceRun, startRun, type Run } from '@/engine/scenario';
import { inverseCommand, type FaultSpec } from '@/engine/twin';
import { kiosks } from '@/scenarios';

function played(faults: readonly FaultSpec[], durationSeconds: number): Run {
  const run = startRun({ formatVersion: 1, id: 'kiosks', title: 'kiosks', question: 'what does the loop do?', seed: 3, durationSeconds, warmUpSeconds: 90, system: kiosks, faults, objectives: [{ kind: 'availability', service: 'client', min: 0.99 }], loop: { everySeconds: 30, autoApprove: true } });
  advanceRun(run, Infinity);
  return run;
}
const after = (run: Run, seconds: number): readonly Decision[] => run.loop!.decisions.filter((decision) => decision.atUs > seconds * 1e6);
const kinds = (decisions: readonly Decision[]) => new Set(decisions.flatMap((decision) => decision.findings.map((finding) => finding.kind)));

describe('the decision loop over a mesh', () => {
  it('finds nothing wrong with a calm one', () => {
    const found = kinds(after(played([], 300), 120));
    expect([...found].filter((kind) => kind !== 'idle')).toEqual([]);
  });

  it('names a silent tower and who it cuts off, rehearses, adds the planned roof, and clients come back', () => {
    const run = played([{ kind: 'router-silent', router: 'tower', atSeconds: 200 }], 400);
    expect([...kinds(after(run, 200))]).toEqual(expect.arrayContaining(['originator-lost', 'gateway-lost']));
    const plan = after(run, 200).find((decision) => decision.chosen !== null)!.chosen!;
    expect(plan.body.steps.map(({ command }) => command)).toEqual([{ kind: 'add-mesh-router', router: 'roof-east' }]);
    expect(plan.body.steps[0]).toMatchObject({ effectClass: 'C', inverse: { kind: 'remove-mesh-router', router: 'roof-east' }, precondition: { object: 'router/roof-east', version: 'hop penalty 30, down' } });
    expect(plan.body.evidence.rejected.map(({ title }) => title)).toEqual(expect.arrayContaining(['do nothing', 'restart router tower']));
    const errors = run.frames.slice(-30).reduce((sum, frame) => sum + (frame.services[0]!.errorRps ?? 0), 0);
    expect(errors).toBe(0);
  });

  it('warns of SVIDs that run out while no server signs, and renews them at once when one does again', () => {
    const run = played([{ kind: 'identity-server-down', server: 'spire', atSeconds: 100, lastsSeconds: 700 }], 860);
    const during = after(run, 100).filter((decision) => decision.atUs < 800e6);
    expect([...kinds(during)]).toEqual(expect.arrayContaining(['svid-expiring', 'svid-expired']));
    expect(during.flatMap((decision) => decision.chosen?.body.steps ?? []).filter(({ command }) => command.kind === 'rotate-svid')).toEqual([]);
    const renewed = after(run, 800).flatMap((decision) => decision.chosen?.body.steps ?? []).map(({ command }) => command.kind);
    expect(renewed).toContain('rotate-svid');
  });

  it('knows the undo of a hop penalty from what it saw', () => {
    expect(inverseCommand({ kind: 'set-hop-penalty', router: 'mill', hopPenalty: 90 }, { services: [], routers: [{ router: 'mill', hopPenalty: 30 }] })).toEqual({ kind: 'set-hop-penalty', router: 'mill', hopPenalty: 30 });
    expect(inverseCommand({ kind: 'set-hop-penalty', router: 'mill', hopPenalty: 90 }, { services: [] })).toBeNull();
    expect(inverseCommand({ kind: 'restart-mesh-router', router: 'mill' }, { services: [] })).toBeNull();
  });
});
