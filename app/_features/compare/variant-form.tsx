/** Variant B: replicas and CPU quota per service, and a factor on the load. Empty fields stay as they are. */
import { TextField } from '@/app/_ui/field';
import type { ScenarioSpec } from '@/engine/scenario';
import { describeVariant, type Variant } from './variant';

type VariantFormProps = { readonly scenario: ScenarioSpec; readonly variant: Variant; readonly onVariant: (variant: Variant) => void };

const without = <T,>(record: Readonly<Record<string, T>>, key: string): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

export function VariantForm({ scenario, variant, onVariant }: VariantFormProps) {
  const change = (changed: Partial<Variant>) => {
    const next = { ...variant, ...changed };
    onVariant({ ...next, name: describeVariant(next) });
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-semibold">Variant B</legend>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <TextField
          label="Load factor"
          inputMode="decimal"
          placeholder="1"
          defaultValue={variant.loadFactor === 1 ? '' : variant.loadFactor}
          onChange={(event) => {
            const factor = Number(event.target.value);
            change({ loadFactor: event.target.value.trim() === '' || !(factor > 0 && factor <= 100) ? 1 : factor });
          }}
        />
        {scenario.system.services.map(({ name, replicas }) => (
          <TextField
            key={`${scenario.id}-${name}-replicas`}
            label={`Replicas of ${name}`}
            inputMode="numeric"
            placeholder={String(replicas)}
            defaultValue={variant.replicas[name] ?? ''}
            onChange={(event) => {
              const n = Number(event.target.value);
              const valid = event.target.value.trim() !== '' && Number.isInteger(n) && n >= 0 && n <= 1_000 && n !== replicas;
              change({ replicas: valid ? { ...variant.replicas, [name]: n } : without(variant.replicas, name) });
            }}
          />
        ))}
        {scenario.system.services.map(({ name, quotaMillicores }) => (
          <TextField
            key={`${scenario.id}-${name}-quota`}
            label={`CPU quota of ${name}`}
            unit="mCPU"
            inputMode="numeric"
            placeholder={quotaMillicores === null || quotaMillicores === undefined ? 'none' : String(quotaMillicores)}
            defaultValue={variant.quotas[name] ?? ''}
            onChange={(event) => {
              const quota = Number(event.target.value);
              const valid = event.target.value.trim() !== '' && Number.isInteger(quota) && quota >= 10 && quota <= 1_000_000;
              change({ quotas: valid ? { ...variant.quotas, [name]: quota } : without(variant.quotas, name) });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
