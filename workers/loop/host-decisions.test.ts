/** The shipped boxes at the edge: the loop looks after three hosts, one plan at a time, and keeps what it promised. */
import { expect, it } from 'vitest';
import { advanceRun, reportRun, startRun } from '@/engine/scenario';
import { findScenario } from '@/scenarios';

it('gives the throttled box quota, moves the batch job of the crowded one to one with room, gives the full one a new log, and keeps its promises', () => {
  const run = startRun(findScenario('edge-hosts')!);
  advanceRun(run, Infinity);
  const done = run.loop!.decisions.flatMap(({ chosen }) => chosen?.body.steps.map(({ command }) => `${command.kind} ${'host' in command ? command.host : ''}`) ?? []);
  expect(done).toEqual(expect.arrayContaining(['set-quota edge-1', 'migrate-program edge-2', 'rotate-log edge-4']));
  expect(reportRun(run).objectives.every(({ met }) => met)).toBe(true);
  const insides = run.loop!.scored.flatMap(({ scores }) => scores.flatMap(({ inside }) => inside ?? []));
  expect(insides.length).toBeGreaterThan(8);
  expect(insides.filter(Boolean).length / insides.length).toBeGreaterThanOrEqual(0.8);
});
