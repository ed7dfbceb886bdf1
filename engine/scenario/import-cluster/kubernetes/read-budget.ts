/** A PodDisruptionBudget. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../collected';
import { noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { BUDGET_FIELDS } from './coverage/fields';
import { amountText, countAt, metadataOf } from './metadata';
import { noteFields } from './coverage/note-fields';
import type { Reading } from './read-object';

export function readBudget(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const key = meta === null ? '' : `${meta.namespace}/${meta.name}`;
  if (meta === null || into.budgets.has(key)) {
    noteIssues(into.ledger, issues);
    return { fate: meta === null ? 'refused' : 'duplicate' };
  }
  const { name, namespace, spec, status } = meta;
  const allowed = countAt(kubernetes.child(status, 'disruptionsAllowed'), -1);
  into.budgets.set(key, {
    namespace,
    name,
    selector: kubernetes.readLabelSelector(kubernetes.child(spec, 'selector')),
    minAvailable: amountText(kubernetes.child(spec, 'minAvailable')),
    maxUnavailable: amountText(kubernetes.child(spec, 'maxUnavailable')),
    disruptionsAllowed: allowed < 0 ? null : allowed,
    alwaysAllowsUnhealthy: kubernetes.textAt(kubernetes.child(spec, 'unhealthyPodEvictionPolicy')) === 'AlwaysAllow',
  });
  noteFields(into.ledger, 'PodDisruptionBudget.spec', found.value.spec, BUDGET_FIELDS);
  noteIssues(into.ledger, issues);
  return { fate: 'understood', detail: '' };
}
