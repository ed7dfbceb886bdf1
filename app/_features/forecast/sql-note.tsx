/** The query behind a picture, as it ran. */
export function SqlNote({ sql }: { readonly sql: string }) {
  return (
    <details className="text-sm text-ink-2">
      <summary className="cursor-pointer">Show the SQL</summary>
      <pre className="mt-2 max-h-80 overflow-auto border-l-2 border-line-strong bg-sheet p-3 text-xs whitespace-pre-wrap">{sql.trim()}</pre>
    </details>
  );
}
