/** A node manifest, as `kubectl get node -o json` prints it, as a node of the twin; with a list of what is wrong in it. */
import type { SpecIssue } from '../../../../spec-issue';
import type { ContainerImage, Node, Taint } from '../node';
import { child, cursorAt, flagAt, integerAt, itemsAt, labelsAt, resourcesAt, textAt, textsAt, wrong, type Cursor } from './cursor';

export function readNode(manifest: unknown, path = ''): { readonly node: Node; readonly issues: readonly SpecIssue[] } {
  const issues: SpecIssue[] = [];
  const at = cursorAt(path, manifest, issues);
  const metadata = child(at, 'metadata');
  const spec = child(at, 'spec');
  const status = child(at, 'status');
  const name = textAt(child(metadata, 'name'));
  if (name === undefined) wrong(child(metadata, 'name'), 'a name', 'missing');
  const allocatable = resourcesAt(child(status, 'allocatable'));
  if (allocatable === undefined) wrong(child(status, 'allocatable'), 'what pods may request', 'missing');
  const node: Node = {
    name: name ?? '',
    labels: labelsAt(child(metadata, 'labels')) ?? {},
    taints: itemsAt(child(spec, 'taints'))?.map(taintOf) ?? [],
    unschedulable: flagAt(child(spec, 'unschedulable')) ?? false,
    allocatable: allocatable ?? {},
    images: itemsAt(child(status, 'images'))?.map(imageOf) ?? [],
  };
  return { node, issues };
}

function taintOf(at: Cursor): Taint {
  const value = textAt(child(at, 'value'));
  return { key: textAt(child(at, 'key')) ?? '', ...(value === undefined ? {} : { value }), effect: textAt(child(at, 'effect')) ?? '' };
}

const imageOf = (at: Cursor): ContainerImage => ({ names: textsAt(child(at, 'names')) ?? [], sizeBytes: integerAt(child(at, 'sizeBytes')) ?? 0 });
