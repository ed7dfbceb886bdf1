/** A fit card as lines for a terminal. */
import type { FitCard } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';

const ISSUES_SHOWN = 20;

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]);

export function fitCardText({ sentence, sources, understood, notModelled, assumed, begins, dropped, issues, furtherIssues, objects, fields }: FitCard, refusals: readonly SpecIssue[]): string {
  const more = furtherIssues + Math.max(0, issues.length - ISSUES_SHOWN);
  return [
    sentence,
    ...section('Files', sources.map(({ file, format, documents, objects: count }) => `${file}: ${format}, ${documents} ${documents === 1 ? 'document' : 'documents'}, ${count} objects`)),
    ...section('Understood', understood.map(({ kind, count, detail }) => `${count} × ${kind}${detail === '' ? '' : ` (${detail})`}`)),
    ...section('Not modelled', notModelled.map(({ what, count, consequence }) => `${count} × ${what}: ${consequence}`)),
    ...section('Assumed', assumed.map(({ what, value, count, because, instead }) => `${what}: ${value} (${count}); ${because}. Instead: ${instead}.`)),
    ...section('How it begins', begins.map(({ what, value, count, because, instead }) => `${count} × ${what}: ${value}; ${because}.${instead === 'nothing' ? '' : ` Better: ${instead}.`}`)),
    ...section('Dropped', dropped.map(({ what, count, because }) => `${count} × ${what}: ${because}`)),
    ...section('Issues', [...issues.slice(0, ISSUES_SHOWN).map(({ path, message, suggestion }) => `${path}: ${message}. ${suggestion}`), ...(more > 0 ? [`and ${more} more (--json lists up to 200)`] : [])]),
    ...section('Not run', refusals.map(({ path, message, suggestion }) => `${path === '' ? '' : `${path}: `}${message}. ${suggestion}`)),
    '',
    `Objects: ${objects.read} read = ${objects.understood} understood + ${objects.withoutEffect} without effect + ${objects.notModelled} not modelled + ${objects.dropped} dropped + ${objects.refused} refused`,
    `Fields:  ${fields.read} read = ${fields.modelled} modelled + ${fields.withoutEffect} without effect + ${fields.notModelled} not modelled`,
    '',
  ].join('\n');
}
