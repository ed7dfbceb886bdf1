import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '@/engine/loop';
import { parseScenario, runScenario } from '@/engine/scenario';
import { scenarios } from '@/scenarios';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const copy = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Every path inside a document. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function mutate(document: Json, path: readonly (string | number)[], to: Json | undefined): Json {
  if (path.length === 0) return to ?? null;
  const made = copy(document);
  let place = made as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, Json>;
  const last = path[path.length - 1]!;
  if (to === undefined) delete place[last];
  else place[last] = to;
  return made;
}

const HOSTILE: (Json | undefined)[] = [undefined, null, true, 0, -1, 1e308, 0.5, '', 'x', 'x'.repeat(10_000), [], {}, [[[[]]]], ['a', 1, null], { constructor: 1 }, { nodes: {} }, '__proto__'];

describe('a scenario somebody wrote', () => {
  test('is accepted as it ships', () => {
    for (const scenario of scenarios) expect(parseScenario(copy(scenario))).toMatchObject({ ok: true, value: { id: scenario.id } });
  });

  test('mutated 10 000 times is accepted or refused with paths and suggestions, and never throws', () => {
    const documents = scenarios.map((scenario) => copy(scenario));
    const paths = documents.map((document) => pathsOf(document));
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(...HOSTILE), (d, p, to) => {
        const at = d % documents.length;
        const result = parseScenario(mutate(documents[at]!, paths[at]![p % paths[at]!.length]!, to));
        if (result.ok) return;
        refused += 1;
        for (const issue of result.error) expect([issue.message, issue.suggestion].every((text) => text.length > 0 && text.length < 2_000)).toBe(true);
      }),
      { numRuns: 10_000, seed: 5 },
    );
    expect(refused).toBeGreaterThan(5_000);
  });

  test('that still parses after a mutation also runs', () => {
    const document = copy({ ...scenarios[0]!, durationSeconds: 5, warmUpSeconds: 0 });
    const paths = pathsOf(document);
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 1, 0.5, 3), (p, to) => {
        const result = parseScenario(mutate(document, paths[p % paths.length]!, to));
        if (result.ok && result.value.durationSeconds <= 5) expect(runScenario(result.value).events).toBeGreaterThan(0);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test('names a misspelt key and what was meant', () => {
    const result = parseScenario(mutate(copy(scenarios[0]!), ['durationSecond'], 5));
    expect(result.ok ? [] : result.error).toEqual([expect.objectContaining({ path: 'durationSecond', code: 'unknown-key', suggestion: 'did you mean "durationSeconds"?' })]);
  });

  test('names a circle of calls', () => {
    const document = mutate(copy(scenarios[0]!), ['system', 'services', 3, 'calls'], [{ service: 'frontend', perRequest: 1 }]);
    const result = parseScenario(document);
    expect(result.ok ? '' : result.error.map((issue) => issue.message).join()).toMatch(/frontend → .*store → frontend/);
  });
});

test('a policy reports every wrong value at once', () => {
  const result = parsePolicy({ everySeconds: 0, level: 2, objectives: [{ service: '' }], nonsense: 1 });
  expect(result.ok ? [] : result.error.map((issue) => issue.path)).toEqual(expect.arrayContaining(['everySeconds', 'level', 'nonsense', 'objectives[0].service', 'objectives[0].latencyP95MsMax']));
});
