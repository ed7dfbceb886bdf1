import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { kubernetes } from '@/engine/twin';
import { answerFact, checkFact } from './check-fact';
import { readFactFiles } from './read-facts';

const folder = fileURLToPath(new URL('../../fixtures/conformance', import.meta.url));
const areas = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe('the engine gives what upstream gives', async () => {
  const files = (await Promise.all(areas.map((area) => readFactFiles([`${folder}/${area}`])))).flat();

  test.each(files.map((file) => [`${file.area}/${file.group}`, file] as const))('%s', (_name, { area, facts }) => {
    const problems = facts.map((fact) => checkFact(area, fact, kubernetes.DEFAULT_KUBERNETES_VERSION)).filter(({ problem }) => problem !== null);
    expect(problems).toEqual([]);
    expect(facts.length).toBeGreaterThan(0);
  });

  test('a fact without an expected value is answered with the same values', () => {
    for (const { area, facts } of files) {
      for (const fact of facts) {
        const bare = Object.fromEntries(Object.entries(fact).filter(([key]) => key !== 'expect'));
        const answer = answerFact(area, { ...bare, id: fact.id, op: fact.op }, kubernetes.DEFAULT_KUBERNETES_VERSION);
        expect(answer.ok, fact.id).toBe(true);
      }
    }
  });

  test('all four areas are there', () => {
    expect(areas.sort()).toEqual(['hpa', 'node', 'scheduler', 'vpa']);
    expect(files.reduce((sum, { facts }) => sum + facts.length, 0)).toBeGreaterThanOrEqual(341);
  });
});
