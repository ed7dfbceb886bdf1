/** What selects pods and what lets the world in: Services, Ingresses, Namespaces, PriorityClasses. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../collected';
import { noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { INGRESS_FIELDS, SERVICE_FIELDS } from './coverage/fields';
import { countAt, metadataOf, type Metadata } from './metadata';
import { noteFields } from './coverage/note-fields';
import type { Reading } from './read-object';

const { child, flagAt, itemsAt, labelsAt, textAt } = kubernetes;
const PUBLISHED = ['LoadBalancer', 'NodePort'];
/** Above what users may set stand the two classes of the system. */
const PRIORITY_MAX = 2_000_001_000;

function reading(found: FoundObject, into: Collected, read: (meta: Metadata) => Reading): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const result: Reading = meta === null ? { fate: 'refused' } : read(meta);
  noteIssues(into.ledger, issues);
  return result;
}

export const readService = (found: FoundObject, into: Collected): Reading =>
  reading(found, into, ({ name, namespace, spec }) => {
    const key = `${namespace}/${name}`;
    if (into.services.has(key)) return { fate: 'duplicate' };
    const selector = labelsAt(child(spec, 'selector')) ?? null;
    const published = PUBLISHED.includes(textAt(child(spec, 'type')) ?? 'ClusterIP');
    into.services.set(key, { namespace, name, selector: selector === null || Object.keys(selector).length === 0 ? null : selector, published });
    noteFields(into.ledger, 'Service.spec', found.value.spec, SERVICE_FIELDS);
    return { fate: 'understood', detail: published ? 'open to the outside' : '' };
  });

/** The Services it leads to are open to the outside. */
export const readIngress = (found: FoundObject, into: Collected): Reading =>
  reading(found, into, ({ namespace, spec }) => {
    const rules = itemsAt(child(spec, 'rules')) ?? [];
    const paths = rules.flatMap((rule) => itemsAt(child(child(rule, 'http'), 'paths')) ?? []);
    for (const backend of [child(spec, 'defaultBackend'), child(spec, 'backend'), ...paths.map((path) => child(path, 'backend'))]) {
      const name = textAt(child(child(backend, 'service'), 'name')) ?? textAt(child(backend, 'serviceName'));
      if (name !== undefined) into.ingressed.add(`${namespace}/${name}`);
    }
    noteFields(into.ledger, 'Ingress.spec', found.value.spec, INGRESS_FIELDS);
    return { fate: 'understood', detail: 'opens Services to the outside' };
  });

export const readNamespace = (found: FoundObject, into: Collected): Reading =>
  reading(found, into, ({ name, labels }) => {
    if (into.namespaces.has(name)) return { fate: 'duplicate' };
    into.namespaces.set(name, labels);
    return { fate: 'understood', detail: '' };
  });

export const readPriorityClass = (found: FoundObject, into: Collected): Reading =>
  reading(found, into, ({ name, at }) => {
    if (into.priorities.has(name)) return { fate: 'duplicate' };
    const value = countAt(child(at, 'value'), 0, { min: -PRIORITY_MAX, max: PRIORITY_MAX });
    into.priorities.set(name, value);
    if (flagAt(child(at, 'globalDefault')) === true) into.globalPriority = value;
    return { fate: 'understood', detail: '' };
  });
