/**
 * A labelled field with its unit, hint and error. The error is tied to the control (aria-describedby), says
 * what is wrong and what to do, and is never colour alone. `FieldLook` is the class for inputs and selects.
 */
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import { classNames } from './class-names';

export const FIELD_LOOK = 'h-8 w-full min-w-0 rounded-box border border-line-strong bg-sheet px-2 text-base text-ink placeholder:text-ink-3 disabled:opacity-60 aria-[invalid=true]:border-bad';

type FieldFrameProps = {
  readonly label: string;
  readonly unit?: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly className?: string;
};

type ControlIds = { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': boolean };

/** The frame alone, for controls of other kinds: `children` gets the ids to put on its control. */
export function Field({ label, unit, hint, error = null, className, children }: FieldFrameProps & { readonly children: (ids: ControlIds) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const noted = error !== null || hint !== undefined;
  return (
    <div className={classNames('grid content-start gap-1', className)}>
      <label htmlFor={id} className="text-sm text-ink-2">
        {label}
        {unit === undefined ? null : <span className="text-ink-3"> ({unit})</span>}
      </label>
      {children({ id, 'aria-describedby': noted ? noteId : undefined, 'aria-invalid': error !== null })}
      {noted ? (
        <p id={noteId} className={classNames('text-sm', error === null ? 'text-ink-3' : 'text-bad')}>
          {error === null ? hint : `Not accepted: ${error}`}
        </p>
      ) : null}
    </div>
  );
}

export function TextField({ label, unit, hint, error, className, ...input }: FieldFrameProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} unit={unit} hint={hint} error={error} className={className}>
      {(ids) => <input {...input} {...ids} className={FIELD_LOOK} />}
    </Field>
  );
}

export function SelectField({ label, unit, hint, error, className, children, ...select }: FieldFrameProps & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field label={label} unit={unit} hint={hint} error={error} className={className}>
      {(ids) => (
        <select {...select} {...ids} className={FIELD_LOOK}>
          {children}
        </select>
      )}
    </Field>
  );
}
