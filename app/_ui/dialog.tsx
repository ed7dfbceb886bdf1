/**
 * A modal dialog (Radix: focus trap, Escape, return of focus). House rule: only to arm a live action.
 * Everything else opens in place.
 */
'use client';

import * as Radix from '@radix-ui/react-dialog';
import type { ReactNode } from 'react';
import { Button } from './button';

type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
};

export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content className="fixed inset-x-3 top-[10vh] z-50 mx-auto grid max-h-[80vh] max-w-xl gap-3 overflow-y-auto rounded-box border border-line-strong bg-sheet p-4">
          <div className="flex items-start gap-3">
            <div className="grid min-w-0 gap-1">
              <Radix.Title className="text-lg font-semibold text-ink">{title}</Radix.Title>
              <Radix.Description className="text-ink-2">{description}</Radix.Description>
            </div>
            <Radix.Close asChild>
              <Button kind="quiet" small className="ml-auto">
                Close
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
