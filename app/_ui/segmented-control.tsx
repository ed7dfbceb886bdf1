/** One of a few: a radio group drawn as a joined row. Arrow keys move, as in any radio group. */
import { useId } from 'react';
import { classNames } from './class-names';

export type Segment<Value extends string> = { readonly value: Value; readonly label: string; readonly title?: string };

type SegmentedControlProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
};

export function SegmentedControl<Value extends string>({ label, value, segments, onChange, className }: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classNames('inline-flex rounded-box border border-line-strong bg-sheet', className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          title={segment.title}
          className="flex h-6 cursor-pointer items-center px-2 text-sm text-ink-2 not-first-of-type:border-l not-first-of-type:border-line has-checked:bg-well has-checked:font-medium has-checked:text-ink has-checked:shadow-[inset_0_-2px_0_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-accent hover:text-ink"
        >
          <input type="radio" className="sr-only" name={name} checked={segment.value === value} onChange={() => onChange(segment.value)} />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
