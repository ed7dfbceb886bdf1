/** A number within bounds. Keeps what is typed while it is none, and says so; only numbers in range are heard. */
'use client';

import { useState } from 'react';
import { TextField } from './field';

type NumberFieldProps = {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly whole?: boolean;
  readonly className?: string;
  readonly onValue: (value: number) => void;
};

export function NumberField({ label, unit, value, min, max, whole = false, className, onValue }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isGood = (text: string) => text.trim() !== '' && Number(text) >= min && Number(text) <= max && (!whole || Number.isInteger(Number(text)));
  const bad = typed !== null && !isGood(typed);
  return (
    <TextField
      label={label}
      unit={unit}
      className={className}
      inputMode={whole ? 'numeric' : 'decimal'}
      value={typed ?? String(value)}
      error={bad ? `a ${whole ? 'whole ' : ''}number from ${min} to ${max} is needed` : null}
      onChange={(event) => {
        const next = event.target.value;
        setTyped(next);
        if (isGood(next)) onValue(Number(next));
      }}
      onBlur={() => !bad && setTyped(null)}
    />
  );
}
