/** The clusters of `fixtures/clusters`, as text, and every text in them that must never come out again. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const FIXTURES = ['shop-eks.json', 'shop-eks-metrics.json', 'booking-chart.yaml', 'ticket-compose.yaml', 'fleet-plan.json'] as const;
export type FixtureName = (typeof FIXTURES)[number];

export const fixtureText = (name: FixtureName) => readFileSync(fileURLToPath(new URL(`../../../fixtures/clusters/${name}`, import.meta.url)), 'utf8');

/** `never-print` as it is, and at the three alignments base64 can give it. */
const NEVER = [/never-print/, /bmV2ZXItcHJpbn/, /5ldmVyLXByaW50/, /uZXZlci1wcmlud/, /hunter2/, /correct-horse/, /sk_live/];
export const leaked = (output: unknown): string | null => {
  const text = JSON.stringify(output) ?? '';
  const found = NEVER.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  return found === undefined || found === null ? null : text.slice(Math.max(0, found.index - 80), found.index + 40);
};
