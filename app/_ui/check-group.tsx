/** Any of a few: a group of checkboxes drawn as boxes that wrap, each with a line on what it means. */
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type Check<Value extends string> = { readonly value: Value; readonly label: string; readonly about?: ReactNode };

type CheckGroupProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly checks: readonly Check<Value>[];
  readonly disabled?: boolean;
  readonly onChange: (values: readonly Value[]) => void;
  readonly className?: string;
};

/** Values come back in the order of `checks`. */
export function CheckGroup<Value extends string>({ label, values, checks, disabled = false, onChange, className }: CheckGroupProps<Value>) {
  const toggle = (value: Value) => onChange(checks.map((check) => check.value).filter((each) => (each === value) !== values.includes(each)));
  return (
    <fieldset disabled={disabled} className={classNames('min-w-0', className)}>
      <legend className="mb-1 text-sm text-ink-2">{label}</legend>
      <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-4">
        {checks.map(({ value, label: name, about }) => (
          <label key={value} className="flex min-h-9 cursor-pointer items-start gap-2 rounded-box border border-line-strong bg-sheet px-2 py-1.5 has-checked:border-accent has-disabled:cursor-default has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input type="checkbox" className="mt-1 accent-(--accent)" checked={values.includes(value)} onChange={() => toggle(value)} />
            <span className="grid">
              <span className="text-base text-ink">{name}</span>
              {about === undefined ? null : <span className="text-sm text-ink-3">{about}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
