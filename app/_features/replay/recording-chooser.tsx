/** Which recording: one that ships, or a person's own. */
import type { OpenedRecording } from '@/app/_lib/recording/open-recording';
import { SHIPPED_RECORDINGS } from '@/app/_lib/recording/opened-recording';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DropZone } from '@/app/_ui/drop-zone';

type RecordingChooserProps = { readonly opened: OpenedRecording | null; readonly busy: boolean; readonly onShipped: (id: string) => void; readonly onFiles: (files: readonly File[]) => void };

export function RecordingChooser({ opened, busy, onShipped, onFiles }: RecordingChooserProps) {
  return (
    <section aria-label="Recording" className="grid gap-3 border-y border-line py-3 md:grid-cols-2">
      <div className="grid content-start gap-2">
        <p className="text-ink-2">Made with the small real system of this repository:</p>
        <div className="flex flex-wrap gap-2">
          {SHIPPED_RECORDINGS.map(({ id, title }) => (
            <Button key={id} disabled={busy} aria-pressed={opened?.recording.manifest.id === id} onClick={() => onShipped(id)}>
              {title}
            </Button>
          ))}
        </div>
        {opened === null ? null : <p className="text-ink">{opened.recording.understood.sentence}</p>}
      </div>
      <div className="grid content-start gap-2">
        <DropZone label="Or drop your own recording here; it stays in this browser" accept=".json,.parquet,.csv,.txt,.prom,.gz" disabled={busy} onFiles={onFiles} />
        <CopyCommand command="npm run record -- --seconds 120" />
      </div>
    </section>
  );
}
