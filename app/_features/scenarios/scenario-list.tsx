/** The questions that ship with the product. */
import { classNames } from '@/app/_ui/class-names';
import type { ScenarioSpec } from '@/engine/scenario';

type ScenarioListProps = { readonly scenarios: readonly ScenarioSpec[]; readonly chosenId: string; readonly onChoose: (id: string) => void };

export function ScenarioList({ scenarios, chosenId, onChoose }: ScenarioListProps) {
  return (
    <ul aria-label="Shipped scenarios" className="grid max-h-56 overflow-y-auto border-t border-line lg:max-h-none">
      {scenarios.map((scenario) => (
        <li key={scenario.id} className="border-b border-line">
          <button
            type="button"
            aria-current={scenario.id === chosenId ? 'true' : undefined}
            onClick={() => onChoose(scenario.id)}
            className={classNames('block w-full border-l-2 px-2 py-1.5 text-left hover:bg-well', scenario.id === chosenId ? 'border-accent bg-well font-medium text-ink' : 'border-transparent text-ink-2')}
          >
            {scenario.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
