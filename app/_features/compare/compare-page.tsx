/** Compare: variants of one scenario over the same seeds; every difference with its interval and the runs needed to be sure. */
'use client';

import { useState } from 'react';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { SelectField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { findScenario, scenarios } from '@/scenarios';
import { ComparisonResult } from './comparison-result';
import { useComparison } from './use-comparison';
import { applyVariant, UNCHANGED, variantFromCode, variantToCode } from './variant';
import { VariantForm } from './variant-form';

const SEED_COUNTS = [3, 5, 10, 20] as const;

export function ComparePage() {
  const [id, setId] = useUrlParam('a');
  const [code, setCode] = useUrlParam('b');
  const [seedCount, setSeedCount] = useState<number>(5);
  const scenario = findScenario(id ?? '') ?? scenarios[0]!;
  const variant = variantFromCode(code ?? '', scenario);
  const { comparison, start, stop } = useComparison();
  useWorkMode('sim', scenario.title);
  const same = variantToCode(variant) === '';
  const compare = () =>
    void start(
      [
        { name: UNCHANGED.name, spec: scenario },
        { name: variant.name, spec: applyVariant(scenario, variant) },
      ],
      Array.from({ length: seedCount }, (_, i) => scenario.seed + i),
    );
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">Compare</h1>
        <p className="max-w-3xl text-ink-2">Both variants live through the same futures: run by run the same seed, so most of the noise cancels and the difference remains.</p>
      </header>
      <div className="grid gap-4 border-y border-line py-3 md:grid-cols-[minmax(220px,320px)_1fr]">
        <div className="grid content-start gap-3">
          <SelectField label="Scenario" value={scenario.id} onChange={(event) => { setId(event.target.value); setCode(null); }}>
            {scenarios.map((each) => (
              <option key={each.id} value={each.id}>{each.title}</option>
            ))}
          </SelectField>
          <SelectField label="Paired runs" value={String(seedCount)} onChange={(event) => setSeedCount(Number(event.target.value))} hint="More runs, narrower intervals.">
            {SEED_COUNTS.map((count) => (
              <option key={count} value={count}>{count} seeds</option>
            ))}
          </SelectField>
        </div>
        <VariantForm scenario={scenario} variant={variant} onVariant={(next) => setCode(variantToCode(next) || null)} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" disabled={same} busy={comparison.kind === 'running' ? 'Comparing' : null} onClick={compare}>
          Compare
        </Button>
        <p className="text-ink-2">{same ? 'Change something in variant B first.' : <>A is the scenario as it is; B is <strong>{variant.name}</strong>.</>}</p>
      </div>
      {comparison.kind === 'running' ? <Progress label="Runs" done={comparison.runsDone} total={comparison.runsTotal} unit="runs" onStop={stop} /> : null}
      {comparison.kind === 'failed' ? <Notice tone="error" what="The comparison was not finished" why={comparison.what} next="Change the variant and compare again." /> : null}
      {comparison.kind === 'done' ? <ComparisonResult report={comparison.report} wallMs={comparison.wallMs} /> : null}
    </div>
  );
}
