/** One of a few, where one of them is dangerous: choosing it asks for a name to be typed before it takes effect. */
'use client';

import { useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { TextField } from './field';
import { Notice } from './notice';
import { SegmentedControl, type Segment } from './segmented-control';

export type Guard<Value extends string> = { readonly value: Value; readonly typeThis: string; readonly title: string; readonly description: string; readonly confirm: string; readonly refuse: string };

type GuardedChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly guard: Guard<Value>;
  readonly problem: string | null;
  /** `typed` is what was typed for the guarded choice. Resolves true when it was accepted. */
  readonly onChoose: (value: Value, typed?: string) => Promise<boolean>;
};

export function GuardedChoice<Value extends string>({ label, value, segments, guard, problem, onChoose }: GuardedChoiceProps<Value>) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const choose = (next: Value) => {
    if (next !== guard.value) return void onChoose(next);
    setTyped('');
    setAsking(true);
  };
  return (
    <div className="grid gap-2">
      <SegmentedControl<Value> label={label} value={value} segments={segments} onChange={choose} className="justify-self-start" />
      {problem === null ? null : <Notice tone="error" what="That was not changed" why={problem} />}
      <Dialog open={asking} onOpenChange={setAsking} title={guard.title} description={guard.description}>
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void onChoose(guard.value, typed).then((accepted) => accepted && setAsking(false));
          }}
        >
          <TextField label={`Type ${guard.typeThis} to go on`} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoFocus />
          <div className="flex gap-2">
            <Button kind="danger" type="submit" disabled={typed !== guard.typeThis}>
              {guard.confirm}
            </Button>
            <Button onClick={() => setAsking(false)}>{guard.refuse}</Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
