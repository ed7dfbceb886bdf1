/** The query behind a picture, as it ran, and the way to ask it differently. */
import Link from 'next/link';
import { CopyCommand } from '@/app/_ui/copy-command';

export function SqlNote({ sql, of = 'the SQL' }: { readonly sql: string; readonly of?: string }) {
  const text = sql.trim();
  return (
    <details className="text-sm text-ink-2">
      <summary className="cursor-pointer">Show {of}</summary>
      <div className="mt-2 grid max-h-80 gap-2 overflow-y-auto">
        <CopyCommand command={text} label="Copy the SQL" />
        <p>
          <Link className="underline underline-offset-2" href={`/data?q=${encodeURIComponent(text)}`}>
            Open it in the SQL console
          </Link>
        </p>
      </div>
    </details>
  );
}
