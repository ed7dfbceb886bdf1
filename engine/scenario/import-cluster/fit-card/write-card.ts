/** The books of an import as the card a person reads. */
import { DROPPED, type Tally, type DroppedKind } from '../sanitize/tally';
import type { CardDrop, CardGap, CardKind, FitCard } from './fit-card';
import { countOf, type Ledger } from './ledger';

const BECAUSE: Readonly<Record<DroppedKind, string>> = {
  secretEntries: 'secrets are dropped as the file is read; only their number is kept',
  secretValues: 'the name beside the value says that it is a secret',
  userInfo: 'credentials inside of an address',
  sensitive: 'Terraform says so',
  configEntries: 'the twin runs no programs, so it needs no configuration of theirs',
  annotations: 'they may repeat whole manifests, Secrets included',
  commands: 'the twin runs no programs, and arguments may hold secrets',
  bookkeeping: 'not part of what runs',
  longTexts: 'no name or label is that long',
  tooDeep: 'no manifest is that deep',
  badKeys: 'they would change how programs behave that read them',
  overBudget: 'the import is larger than one run can hold',
};

const byCount = <T extends { readonly count: number }>(name: (entry: T) => string) => (x: T, y: T) => y.count - x.count || (name(x) < name(y) ? -1 : name(x) > name(y) ? 1 : 0);

export function writeCard(ledger: Ledger, tally: Tally, summary: string): FitCard {
  const entries = [...ledger.objects.values()];
  const objects = { read: ledger.objectsRead, understood: countOf(ledger, 'understood'), withoutEffect: countOf(ledger, 'withoutEffect'), notModelled: countOf(ledger, 'notModelled'), dropped: countOf(ledger, 'dropped'), refused: countOf(ledger, 'refused') };
  const { modelled, withoutEffect, notModelled } = ledger.fieldCounts;
  const gaps: CardGap[] = [
    ...entries.filter(({ fate }) => fate === 'notModelled').map(({ kind, count, words }): CardGap => ({ what: kind, scope: 'object', count, consequence: words })),
    ...[...ledger.fieldGaps].map(([what, { count, words }]): CardGap => ({ what, scope: 'field', count, consequence: words })),
  ];
  return {
    sentence: sentenceOf(summary, objects, gaps.length, droppedSecrets(tally)),
    sources: ledger.sources,
    understood: entries.filter(({ fate }) => fate === 'understood').map(({ kind, count, words }): CardKind => ({ kind, count, detail: words })).sort(byCount(({ kind, detail }) => `${kind} ${detail}`)),
    notModelled: gaps.sort((x, y) => (x.scope === y.scope ? byCount<CardGap>(({ what }) => what)(x, y) : x.scope === 'object' ? -1 : 1)),
    assumed: ledger.assumptions,
    begins: [],
    dropped: [...objectDrops(entries), ...valueDrops(tally)],
    issues: ledger.issues,
    furtherIssues: ledger.furtherIssues,
    objects,
    fields: { read: modelled + withoutEffect + notModelled, modelled, withoutEffect, notModelled },
  };
}

type Entry = Ledger['objects'] extends Map<string, infer E> ? E : never;

const objectDrops = (entries: readonly Entry[]): readonly CardDrop[] => entries.filter(({ fate }) => fate === 'dropped').map(({ kind, count, words }) => ({ what: kind, count, because: words }));
const valueDrops = ({ dropped }: Tally): readonly CardDrop[] => [...dropped].map(([kind, count]) => ({ what: DROPPED[kind], count, because: BECAUSE[kind] })).sort(byCount(({ what }) => what));

const SECRETS: readonly DroppedKind[] = ['secretEntries', 'secretValues', 'userInfo', 'sensitive'];
const droppedSecrets = ({ dropped }: Tally) => SECRETS.reduce((sum, kind) => sum + (dropped.get(kind) ?? 0), 0);

function sentenceOf(summary: string, { read, notModelled, refused }: FitCard['objects'], gaps: number, secrets: number): string {
  const parts = [`${read} objects read`, `${notModelled} of kinds the twin does not model`, ...(refused > 0 ? [`${refused} not readable`] : []), `${gaps} ${gaps === 1 ? 'gap' : 'gaps'} listed`, `${secrets} secret ${secrets === 1 ? 'value' : 'values'} dropped`];
  return `${summary}; ${parts.join(', ')}.`;
}
