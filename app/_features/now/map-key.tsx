/** How to read the picture, in one line. */
const STEPS = ['calm', 'watch', 'busy', 'hot', 'failing'];

export function MapKey({ ghost }: { readonly ghost: boolean }) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-3">
      <span>Rings: services, nodes, mesh. Filled load, outline capacity, arcs traffic, dots replicas.</span>
      <span className="flex items-center gap-2">
        {STEPS.map((word, level) => (
          <span key={word} className="flex items-center gap-1">
            <span className="size-2" style={{ background: `var(--risk-${level})` }} />
            {word}
          </span>
        ))}
      </span>
      {ghost ? <span>Dashed without the change, blue moved.</span> : null}
    </p>
  );
}
