/**
 * The resources a plan leaves behind: `planned_values` of `terraform show -json PLAN`, `values` of a state,
 * or what `resource_changes` say comes after. Modules inside modules are followed.
 */
import { isMembers } from '../sanitize/sanitize';

export type PlanResource = { readonly address: string; readonly type: string; readonly name: string; readonly values: Readonly<Record<string, unknown>>; readonly path: string };
type Members = Readonly<Record<string, unknown>>;

const MODULES_DEEP_MAX = 16;

export const isTerraform = (value: unknown): value is Members => isMembers(value) && (typeof value.format_version === 'string' || typeof value.terraform_version === 'string') && ['planned_values', 'values', 'resource_changes'].some((key) => key in value);

/** `unread` counts entries that are no resources of a known shape. */
export function planResources(plan: Members, path: string): { readonly resources: readonly PlanResource[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const resources: PlanResource[] = [];
  const [key, tree] = isMembers(plan.planned_values) ? (['planned_values', plan.planned_values] as const) : (['values', plan.values] as const);
  if (isMembers(tree)) walk(tree.root_module, `${path}.${key}.root_module`, 0, resources, unread);
  else if (Array.isArray(plan.resource_changes)) (plan.resource_changes as readonly unknown[]).forEach((change, i) => takeChange(change, `${path}.resource_changes[${i}]`, resources, unread));
  return { resources, unread };
}

function walk(module: unknown, path: string, depth: number, resources: PlanResource[], unread: string[]): void {
  if (module === undefined || module === null) return;
  if (!isMembers(module) || depth > MODULES_DEEP_MAX) return void unread.push(path);
  if (Array.isArray(module.resources)) (module.resources as readonly unknown[]).forEach((resource, i) => take(resource, isMembers(resource) ? resource.values : null, `${path}.resources[${i}]`, resources, unread));
  else if (module.resources !== undefined && module.resources !== null) unread.push(`${path}.resources`);
  if (Array.isArray(module.child_modules)) (module.child_modules as readonly unknown[]).forEach((child, i) => walk(child, `${path}.child_modules[${i}]`, depth + 1, resources, unread));
  else if (module.child_modules !== undefined && module.child_modules !== null) unread.push(`${path}.child_modules`);
}

/** What is deleted or only read leaves no resource behind. */
function takeChange(change: unknown, path: string, resources: PlanResource[], unread: string[]): void {
  const after = isMembers(change) && isMembers(change.change) ? change.change.after : undefined;
  if (after !== null) take(change, after, path, resources, unread);
}

function take(resource: unknown, values: unknown, path: string, resources: PlanResource[], unread: string[]): void {
  if (!isMembers(resource) || typeof resource.type !== 'string' || resource.type === '') return void unread.push(path);
  if (resource.mode === 'data') return;
  const name = typeof resource.name === 'string' ? resource.name : 'unnamed';
  const index = typeof resource.index === 'number' || typeof resource.index === 'string' ? `-${resource.index}` : '';
  const address = typeof resource.address === 'string' && resource.address !== '' ? resource.address : `${resource.type}.${name}${index}`;
  resources.push({ address: address.slice(0, 300), type: resource.type.slice(0, 120), name: `${name}${index}`.slice(0, 200), values: isMembers(values) ? values : {}, path });
}

/** For resources that name others, the addresses their configuration refers to, such as `aws_launch_template.web`. */
export function referencesOf(plan: Members): ReadonlyMap<string, readonly string[]> {
  const references = new Map<string, readonly string[]>();
  const root = isMembers(plan.configuration) ? plan.configuration.root_module : null;
  const collect = (module: unknown, prefix: string, depth: number): void => {
    if (!isMembers(module) || depth > MODULES_DEEP_MAX) return;
    if (Array.isArray(module.resources)) for (const resource of module.resources as readonly unknown[]) if (isMembers(resource) && typeof resource.address === 'string') references.set(prefix + resource.address, [...textsUnder(resource.expressions, 0)].map((text) => prefix + text));
    if (isMembers(module.module_calls)) for (const name of Object.keys(module.module_calls)) {
      const call = module.module_calls[name];
      if (isMembers(call)) collect(call.module, `${prefix}module.${name}.`, depth + 1);
    }
  };
  collect(root, '', 0);
  return references;
}

function textsUnder(value: unknown, depth: number, into = new Set<string>()): Set<string> {
  if (depth > MODULES_DEEP_MAX) return into;
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const item of value as readonly unknown[]) textsUnder(item, depth + 1, into);
  else if (isMembers(value)) for (const key of Object.keys(value)) textsUnder(value[key], depth + 1, into);
  return into;
}
