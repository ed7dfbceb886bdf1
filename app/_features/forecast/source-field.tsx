/** Which history: recorded ones solid, simulated ones said to be so. */
import { SelectField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import type { SourceState } from './use-source';

export function SourceField({ state: { sources, chosen, loaded, problem, choose } }: { readonly state: SourceState }) {
  return (
    <div className="grid max-w-md gap-2">
      <SelectField label="History" value={chosen.id} onChange={(event) => choose(event.target.value)} hint={loaded === null ? 'Reading it into DuckDB, in this browser.' : `${loaded.seconds} s in DuckDB, in this browser.`}>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.title} ({source.kind})
          </option>
        ))}
      </SelectField>
      {problem === null ? null : <Notice tone="error" what="This history could not be read" why={problem} next="Choose another one, or reload the page." />}
    </div>
  );
}
