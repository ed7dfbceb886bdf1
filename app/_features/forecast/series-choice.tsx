/** Which series of the history, and how far ahead. All of it is in the address. */
import { SelectField } from '@/app/_ui/field';
import { formatDuration } from '@/app/_ui/time-format';
import type { Quantity, Wanted } from './use-demand';

export const QUANTITIES: Readonly<Record<Quantity, { readonly label: string; readonly unit: string }>> = { offered_rps: { label: 'Requests per second', unit: 'req/s' }, cpu_cores: { label: 'CPU used', unit: 'cores' } };
export const HORIZONS = [12, 24, 48] as const;

type SeriesChoiceProps = { readonly wanted: Wanted; readonly services: readonly string[]; readonly stepSeconds: number; readonly onChange: (change: Partial<Wanted>) => void };

export function SeriesChoice({ wanted, services, stepSeconds, onChange }: SeriesChoiceProps) {
  return (
    <div className="grid content-start gap-3 sm:grid-cols-3">
      <SelectField label="Of" value={wanted.service} onChange={(event) => onChange({ service: event.target.value })}>
        {services.map((service) => (
          <option key={service}>{service}</option>
        ))}
      </SelectField>
      <SelectField label="Quantity" value={wanted.quantity} onChange={(event) => onChange({ quantity: event.target.value === 'cpu_cores' ? 'cpu_cores' : 'offered_rps' })}>
        {Object.entries(QUANTITIES).map(([key, { label }]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField label="Ahead" value={String(wanted.horizon)} onChange={(event) => onChange({ horizon: Number(event.target.value) })}>
        {HORIZONS.map((horizon) => (
          <option key={horizon} value={horizon}>
            {formatDuration(horizon * stepSeconds)} ({horizon} steps)
          </option>
        ))}
      </SelectField>
    </div>
  );
}
