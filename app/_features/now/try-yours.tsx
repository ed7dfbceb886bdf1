/** The way from the demo to one's own system: one command to copy, one place to drop the file. It stays in this browser. */
'use client';

import { CopyCommand } from '@/app/_ui/copy-command';
import { Panel } from '@/app/_ui/panel';

export function TryYours() {
  return (
    <Panel title="Try yours">
      <p className="mb-2 text-ink-2">Record a minute of a running system; the file stays in this browser.</p>
      <CopyCommand command="npm run record -- --seconds 60" />
    </Panel>
  );
}
