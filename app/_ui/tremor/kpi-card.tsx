/** A figure as an object of its own: Tremor's card around our figure, so it keeps its band, n, age and why. */
import { Figure, type FigureProps } from '../figure';
import { Card } from './tremor';

export const KpiCard = (figure: FigureProps) => (
  <Card className="border border-line p-3 ring-0">
    <Figure {...figure} />
  </Card>
);

export const KpiRow = ({ label, cards }: { readonly label: string; readonly cards: readonly FigureProps[] }) => (
  <section aria-label={label} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
    {cards.map((card) => (
      <KpiCard key={card.label} {...card} />
    ))}
  </section>
);
