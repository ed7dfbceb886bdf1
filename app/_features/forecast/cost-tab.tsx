/** Cost and return: what the history cost, who caused it, what is idle, and what giving nodes back is worth after its risk. */
'use client';

import { useMemo, useState } from 'react';
import { EmptyState } from '@/app/_ui/empty-state';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { KpiRow } from '@/app/_ui/tremor/kpi-card';
import type { IdleSharing } from '@/engine/twin';
import { CarbonPanel } from './cost/carbon-panel';
import { CommitmentChoice } from './cost/commitment-choice';
import { PriceBookPanel } from './cost/price-book-panel';
import { StoragePanel } from './cost/storage-panel';
import { costFigures } from './cost-figures';
import { CostOverTime } from './cost-over-time';
import { CostOwners } from './cost-owners';
import { allocateBill, costTotals } from './read-cost';
import { RightSize } from './right-size/right-size';
import { SourceField } from './source-field';
import { useReport } from './use-report';
import { useSource } from './use-source';

/** The history as a whole: totals are sums over it. */
const WHOLE_SECONDS = 10_000_000;
/** Fine enough for peaks to show, coarse enough to be read. */
const BUCKET_SECONDS = 60;

export function CostTab() {
  const source = useSource();
  const { loaded } = source;
  const cost = useReport('cost-over-time', useMemo(() => (loaded === null ? null : { runId: loaded.id, bucketSeconds: WHOLE_SECONDS, entryService: loaded.entry }), [loaded]));
  const use = useReport('resource-use', useMemo(() => (loaded === null ? null : { runId: loaded.id }), [loaded]));
  const fine = useReport('cost-over-time', useMemo(() => (loaded === null ? null : { runId: loaded.id, bucketSeconds: BUCKET_SECONDS, entryService: loaded.entry }), [loaded]));
  const [idle, setIdle] = useState<IdleSharing>('separate');
  const minutes = fine.kind === 'ready' ? fine.rows : [];
  const totals = cost.kind === 'ready' ? costTotals(cost.rows) : null;
  const requestsKnown = loaded?.made === 'simulated';
  const allocation = totals === null || loaded === null || use.kind !== 'ready' ? null : allocateBill(totals, use.rows, loaded.spec.system, requestsKnown, idle);
  return (
    <div className="grid gap-4">
      <div className="max-w-md">
        <SourceField source={source} />
      </div>
      {cost.kind === 'failed' ? <Notice tone="error" what="The cost could not be read" why={cost.what} next={cost.next} /> : null}
      {cost.kind === 'ready' && totals === null ? (
        <EmptyState title="This history carries no prices." command="npm run record -- --seconds 120 --fleet">
          A recording of the small real system states the price of its node; in your own, add <code>usdPerHour</code> to the nodes of recording.json.
        </EmptyState>
      ) : null}
      {totals === null || allocation === null || loaded === null ? null : (
        <>
          <p className="max-w-4xl text-lg" data-testid="cost-answer">
            It costs ${formatNumber(totals.usdPerHour, 3)} an hour, ${formatNumber(totals.usdPerMonth, 0)} a month; {formatNumber(allocation.idleShare * 100, 0)} % of that is idle.
          </p>
          <KpiRow label="Key figures of the bill" cards={costFigures({ totals, allocation, entry: loaded.entry, simulated: loaded.made === 'simulated', sql: cost.kind === 'ready' ? cost.sql : '' })} />
          <CostOwners allocation={allocation} hours={totals.hoursPriced} requestsKnown={requestsKnown} idle={idle} onIdle={setIdle} />
          <CommitmentChoice usdPerHour={minutes.flatMap((row) => (row.usd === null || row.hours_priced === 0 ? [] : [row.usd / row.hours_priced]))} />
          <RightSize key={loaded.id} loaded={loaded} />
          <CostOverTime key={`${loaded.id} over time`} loaded={loaded} />
          <CarbonPanel key={`${loaded.id} carbon`} buckets={minutes.map((row) => ({ fromSeconds: row.bucket * BUCKET_SECONDS, kwh: row.kwh }))} bucketSeconds={BUCKET_SECONDS} carbon={loaded.spec.system.carbon ?? {}} zone={loaded.spec.system.nodes[0]?.zone ?? ''} provenance={loaded.made} />
          <StoragePanel />
          <PriceBookPanel />
        </>
      )}
    </div>
  );
}
