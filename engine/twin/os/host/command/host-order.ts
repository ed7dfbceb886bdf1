/** A command with the host it is for, as the one closed union of commands has it; in words, and named by what it changes. */
import { describeHostCommand } from './describe-host-command';
import type { HostCommand } from './host-command';

export type HostOrder = HostCommand & { readonly host: string };
export type HostCommandKind = HostCommand['kind'];

const KINDS: Readonly<Record<HostCommandKind, true>> = {
  'set-cpu-weight': true, 'set-quota': true, 'set-memory-limit': true, 'set-memory-high': true, 'set-io-limit': true, 'pin-group': true, 'renice-program': true, 'move-program': true, 'migrate-program': true, 'set-suspend': true,
  'restart-program': true, 'stop-program': true, 'clean-up-logs': true, 'rotate-log': true, 'renew-certificate': true, 'apply-updates': true, 'reboot-host': true,
};
export const HOST_COMMAND_KINDS = Object.keys(KINDS) as readonly HostCommandKind[];
export const isHostKind = (kind: string): kind is HostCommandKind => Object.hasOwn(KINDS, kind);
export const isHostOrder = (command: { readonly kind: string }): command is HostOrder => isHostKind(command.kind);

/** The hosts that it touches. */
export const hostsOfOrder = (order: HostOrder) => (order.kind === 'migrate-program' ? [order.host, order.toHost] : [order.host]);

/** What a plan reads and conditions its step on. */
export function objectOfHostOrder(order: HostOrder): string {
  if ('program' in order) return `program/${order.host}/${order.program}`;
  if ('certificate' in order) return `certificate/${order.host}/${order.certificate}`;
  return 'group' in order ? `group/${order.host}/${order.group}` : `host/${order.host}`;
}

export function hostOrderWords(order: HostOrder): string {
  const words = describeHostCommand(order);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${order.kind === 'reboot-host' ? ` ${order.host}` : ` on ${order.host}`}`.replace('Reboot the host', 'Reboot');
}
