/** A share as a short bar with a tick where the bar to reach is. */
const WIDTH = 44;

export function ShareBar({ share, bar }: { readonly share: number; readonly bar: number }) {
  return (
    <svg width={WIDTH} height="8" aria-hidden>
      <rect y="1" width={WIDTH} height="6" fill="var(--well)" />
      <rect y="1" width={WIDTH * share} height="6" fill={share >= bar ? 'var(--ink-2)' : 'var(--risk-2)'} />
      <rect x={WIDTH * bar - 1} width="1.5" height="8" fill="var(--ink)" />
    </svg>
  );
}
