/**
 * Buttons. One `primary` per view; `danger` only for what stops or destroys. `busy` says in words what is
 * going on and keeps the button's width: nothing here spins.
 */
import type { ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOK: Record<ButtonKind, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:brightness-110 disabled:brightness-100',
  plain: 'border-line-strong bg-sheet text-ink hover:bg-well',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-well hover:text-ink',
  danger: 'border-mode-live bg-mode-live text-[var(--on-mode)] hover:brightness-110',
};

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { readonly kind?: ButtonKind; readonly small?: boolean; readonly busy?: string | null };

export function Button({ kind = 'plain', small = false, busy = null, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy !== null}
      className={classNames(
        'inline-flex items-center justify-center gap-1.5 rounded-box border font-medium whitespace-nowrap select-none disabled:opacity-60',
        small ? 'h-6 px-2 text-sm' : 'h-8 px-3 text-base',
        LOOK[kind],
        className,
      )}
    >
      {busy ?? children}
    </button>
  );
}
