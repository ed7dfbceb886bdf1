/** A reader's own cluster: the command to copy, where to drop what it wrote, and what was made of it. */
import Link from 'next/link';
import { formatCount } from '@/app/_lib/format/quantity';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';
import { Panel } from '@/app/_ui/panel';
import type { FitCard } from '@/engine/scenario';

const COMMAND = 'kubectl get nodes,pods,deploy,rs,sts,ds -A -o json > cluster.json';

export function OwnCluster({ card, onFiles }: { readonly card: FitCard | null; readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <Panel title="Your own cluster" note="stays in this browser">
      <div className="grid gap-2">
        {card === null ? null : (
          <p className="text-ink-2">
            {formatCount(card.objects.read)} objects read, {formatCount(card.objects.understood)} understood, {formatCount(card.objects.dropped)} dropped, {formatCount(card.issues.length + card.furtherIssues)} issues. The whole fit card is on{' '}
            <Link href="/data" className="underline underline-offset-2">
              Data
            </Link>
            .
          </p>
        )}
        <CopyCommand command={COMMAND} />
        <DropZone label="Drop cluster.json, or choose it" onFiles={onFiles} />
      </div>
    </Panel>
  );
}
