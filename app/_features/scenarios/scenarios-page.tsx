/** Scenarios: questions as data. Choose one; the workspace beside the list is that one's own. */
'use client';

import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { findScenario, scenarios } from '@/scenarios';
import { ScenarioList } from './scenario-list';
import { ScenarioWorkspace } from './scenario-workspace';

export function ScenariosPage() {
  const [id, setId] = useUrlParam('scenario');
  const shipped = findScenario(id ?? '') ?? scenarios[0]!;
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6 lg:grid-cols-[264px_minmax(0,1fr)]">
      <div>
        <h1 className="mb-2 text-xl font-medium">Scenarios</h1>
        <ScenarioList scenarios={scenarios} chosenId={shipped.id} onChoose={setId} />
      </div>
      <ScenarioWorkspace key={shipped.id} shipped={shipped} />
    </div>
  );
}
