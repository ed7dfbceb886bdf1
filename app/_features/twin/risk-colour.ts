/** Utilisation as a step of the risk scale. */
export function riskColour(utilisation: number | null): string {
  if (utilisation === null) return 'var(--line-strong)';
  const level = utilisation < 0.5 ? 0 : utilisation < 0.7 ? 1 : utilisation < 0.85 ? 2 : utilisation < 0.97 ? 3 : 4;
  return `var(--risk-${level})`;
}
