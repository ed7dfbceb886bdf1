/** Forecast: demand with its intervals, cost and return, where and when it is risky, and whether past promises held. */
'use client';

import { lazy, Suspense } from 'react';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Tabs } from '@/app/_ui/tabs';

const DemandTab = lazy(() => import('./demand-tab').then((module) => ({ default: module.DemandTab })));
const CostTab = lazy(() => import('./cost-tab').then((module) => ({ default: module.CostTab })));
const RiskTab = lazy(() => import('./risk-tab').then((module) => ({ default: module.RiskTab })));
const PromisesTab = lazy(() => import('./promises-tab').then((module) => ({ default: module.PromisesTab })));

const TABS = [
  { key: 'demand', label: 'Demand' },
  { key: 'cost', label: 'Cost and return' },
  { key: 'risk', label: 'Risk heat map' },
  { key: 'promises', label: 'Promises' },
] as const;
type TabKey = (typeof TABS)[number]['key'];

const PANES: Readonly<Record<TabKey, typeof DemandTab>> = { demand: DemandTab, cost: CostTab, risk: RiskTab, promises: PromisesTab };

export function ForecastPage() {
  const [asked, setTab] = useUrlParam('tab');
  const tab = TABS.find((each) => each.key === asked)?.key ?? 'demand';
  const Pane = PANES[tab];
  useWorkMode('sim', 'forecast');
  return (
    <div className="grid gap-3 px-3 py-3 md:px-6">
      <h1 className="text-xl font-medium">Forecast</h1>
      <Tabs<TabKey> label="Forecast" tabs={TABS} chosen={tab} onChoose={setTab}>
        <Suspense fallback={<p className="text-ink-2">Loading this tab.</p>}>
          <Pane />
        </Suspense>
      </Tabs>
    </div>
  );
}
