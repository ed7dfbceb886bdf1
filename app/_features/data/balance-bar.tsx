/** Where everything that was read went, as one bar whose parts add up to it, with the numbers in words below. */
type Tone = 'full' | 'soft' | 'gap' | 'empty' | 'bad';
type Part = { readonly label: string; readonly count: number; readonly tone: Tone };

/** Told apart by lightness and outline, not by hue alone. */
const LOOK: Record<Tone, string> = {
  full: 'bg-ink-2',
  soft: 'bg-line-strong',
  gap: 'bg-risk-2',
  empty: 'border border-line-strong bg-sheet',
  bad: 'bg-bad',
};

export function BalanceBar({ title, read, parts }: { readonly title: string; readonly read: number; readonly parts: readonly Part[] }) {
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <figure aria-label={`${title}: ${read} read, ${shown.map(({ label, count }) => `${count} ${label}`).join(', ')}`} className="grid content-start gap-1">
      <figcaption className="text-sm text-ink-2">
        {title} <span className="text-ink">{read}</span>
      </figcaption>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-small bg-well">
        {shown.map(({ label, count, tone }) => (
          <span key={label} className={LOOK[tone]} style={{ flexGrow: count, minWidth: 3 }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 text-sm text-ink-2">
        {shown.map(({ label, count, tone }) => (
          <li key={label} className="flex items-center gap-1.5">
            <span aria-hidden className={`inline-block h-2 w-2 ${LOOK[tone]}`} />
            <span className="text-ink">{count}</span> {label}
          </li>
        ))}
      </ul>
    </figure>
  );
}
