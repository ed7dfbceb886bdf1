/** A large, sentence-like choice: what a person may ask right now. `pressed` marks the one in force. */
import type { ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names';

export function Chip({ pressed, className, children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { readonly pressed?: boolean }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      {...rest}
      className={classNames(
        'inline-flex h-9 items-center rounded-full border px-4 text-base font-medium whitespace-nowrap select-none disabled:opacity-60',
        pressed === true ? 'border-accent bg-accent text-on-accent' : 'border-accent bg-sheet text-accent hover:bg-well',
        className,
      )}
    >
      {children}
    </button>
  );
}
