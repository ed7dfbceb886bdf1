/** Colours of quality, as steps of the risk scale: TQ 255 is a perfect link. The steps are those of the risk map (150 of 255 loses about every third round trip). */
const STEPS = [200, 150, 100, 50];

export const tqLevel = (tq: number) => STEPS.filter((step) => tq < step).length;
export const tqColour = (tq: number) => `var(--risk-${tqLevel(tq)})`;
export const TQ_KEY = [
  { label: '200 and more', colour: 'var(--risk-0)' },
  { label: '150–199', colour: 'var(--risk-1)' },
  { label: '100–149', colour: 'var(--risk-2)' },
  { label: '50–99', colour: 'var(--risk-3)' },
  { label: 'below 50', colour: 'var(--risk-4)' },
] as const;
