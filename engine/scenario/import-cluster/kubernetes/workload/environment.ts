/** Hosts that a container's environment names: the only trace in a manifest of who calls whom. Only host names leave this file. */
import { isMembers } from '../../sanitize/sanitize';

const HOST = /(?:\/\/|^|[\s,;])([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,5})(?=[:/\s,;]|$)/g;
const HOSTS_MAX = 64;

export function hostsOfEnvironment(entries: unknown, into: Set<string>): void {
  if (!Array.isArray(entries)) return;
  for (const entry of entries as readonly unknown[]) {
    if (into.size >= HOSTS_MAX) return;
    if (isMembers(entry) && typeof entry.value === 'string') for (const match of entry.value.matchAll(HOST)) into.add(match[1]!);
  }
}

/** Of all containers of a pod spec, in order. */
export function hostsOfPod(spec: unknown): readonly string[] {
  const hosts = new Set<string>();
  if (isMembers(spec) && Array.isArray(spec.containers)) for (const container of spec.containers as readonly unknown[]) if (isMembers(container)) hostsOfEnvironment(container.env, hosts);
  return [...hosts];
}
