import { describe, expect, test } from 'vitest';
import { parseScenario } from '@/engine/scenario';
import { demo } from '@/scenarios/demo';
import { applyVariant, UNCHANGED, variantFromCode, variantToCode } from './variant';

describe('a variant', () => {
  test('survives the address it is shared by', () => {
    const variant = variantFromCode('replicas:catalog:6;quota:cart:500;load:2', demo);
    expect(variant).toMatchObject({ replicas: { catalog: 6 }, quotas: { cart: 500 }, loadFactor: 2 });
    expect(variantFromCode(variantToCode(variant), demo)).toEqual(variant);
  });

  test('ignores what an address cannot mean', () => {
    for (const code of ['', 'x', 'replicas:nobody:3', 'replicas:catalog:-1', 'replicas:catalog:1.5', 'quota:cart:3', 'load:0', 'load:1e9', 'replicas:__proto__:3', ';;;::'])
      expect(variantToCode(variantFromCode(code, demo))).toBe('');
  });

  test('changes the scenario as it says and keeps it valid', () => {
    const changed = applyVariant(demo, variantFromCode('replicas:catalog:6;load:2', demo));
    expect(changed.system.services.find((s) => s.name === 'catalog')!.replicas).toBe(6);
    expect(changed.faults).toContainEqual({ kind: 'load-factor', service: 'frontend', factor: 2, atSeconds: 0 });
    expect(parseScenario(JSON.parse(JSON.stringify(changed))).ok).toBe(true);
    expect(applyVariant(demo, UNCHANGED)).toEqual(demo);
  });
});
