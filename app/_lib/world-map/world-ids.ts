/** Ids of things in a world, as they stand in addresses and on maps: `service/cart`, `node/node-a1`, `router/gate-a`. */
export type ThingKind = 'service' | 'node' | 'router';
export type Thing = { readonly kind: ThingKind; readonly name: string };

export const thingId = (kind: ThingKind, name: string) => `${kind}/${name}`;

export function parseThingId(id: string): Thing | null {
  const at = id.indexOf('/');
  const [kind, name] = [id.slice(0, at), id.slice(at + 1)];
  return (kind === 'service' || kind === 'node' || kind === 'router') && name !== '' ? { kind, name } : null;
}

/** The service a replica belongs to: replicas are named `SERVICE-N`. */
export function serviceOfReplica(replica: string, services: readonly { readonly name: string }[]): string | null {
  const name = replica.slice(0, replica.lastIndexOf('-'));
  return services.some((service) => service.name === name) ? name : null;
}
