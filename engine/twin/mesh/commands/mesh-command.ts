/**
 * What an operator can do to a mesh and its identities. Part of the one closed union of commands, so the twin and
 * the connectors share it. What the mesh's plan names (`planned: true`) is added by name alone; anything else by saying
 * where it stands and whom it hears.
 */
/** Loss in per cent as broadcast frames have it; left out: by the radio model from the two places, or none on a cable. */
export type NewLink = { readonly lossPercent?: number; readonly lossPercentBack?: number; /** BATMAN_V. */ readonly throughputMbps?: number };
/** Its neighbour, and the loss from the new router to it, and back. */
export type NewNeighbour = NewLink & { readonly router: string };

export type MeshCommand =
  /** Makes every way through the router look longer, so that others are preferred (batctl hop_penalty). */
  | { readonly kind: 'set-hop-penalty'; readonly router: string; readonly hopPenalty: number }
  /** Takes the interface towards a neighbour down or up (ip link set). */
  | { readonly kind: 'set-mesh-interface'; readonly router: string; readonly towards: string; readonly up: boolean }
  | { readonly kind: 'restart-mesh-router'; readonly router: string }
  | { readonly kind: 'isolate-mesh-router'; readonly router: string; readonly isolated: boolean }
  /** Makes a client choose its gateway anew (batctl gw_mode client). */
  | { readonly kind: 'reselect-gateway'; readonly router: string }
  | ({ readonly kind: 'add-mesh-link'; readonly router: string; readonly towards: string } & NewLink)
  | { readonly kind: 'remove-mesh-link'; readonly router: string; readonly towards: string }
  | { readonly kind: 'add-mesh-router'; readonly router: string; readonly x?: number; readonly y?: number; /** Left out with a place: everyone whom the radio model says it hears. */ readonly neighbours?: readonly NewNeighbour[] }
  | { readonly kind: 'remove-mesh-router'; readonly router: string }
  /** Fetches new SVIDs for a service's workloads now instead of at half their life. */
  | { readonly kind: 'rotate-svid'; readonly service: string }
  /** A new CA key signs at once; the old one stays trusted until it expires. */
  | { readonly kind: 'rotate-authority'; readonly trustDomain: string };

export type MeshCommandKind = MeshCommand['kind'];

const WORDS: Readonly<Record<MeshCommandKind, true>> = {
  'set-hop-penalty': true, 'set-mesh-interface': true, 'restart-mesh-router': true, 'isolate-mesh-router': true, 'reselect-gateway': true,
  'add-mesh-link': true, 'remove-mesh-link': true, 'add-mesh-router': true, 'remove-mesh-router': true, 'rotate-svid': true, 'rotate-authority': true,
};
export const MESH_COMMAND_KINDS = Object.keys(WORDS) as readonly MeshCommandKind[];
export const isMeshKind = (kind: string): kind is MeshCommandKind => Object.hasOwn(WORDS, kind);
export const isMeshCommand = (command: { readonly kind: string }): command is MeshCommand => isMeshKind(command.kind);

/** In plain words, as a step of a plan and as the title of a change. */
export function meshCommandWords(command: MeshCommand): string {
  switch (command.kind) {
    case 'set-hop-penalty':
      return `Set the hop penalty of ${command.router} to ${command.hopPenalty}`;
    case 'set-mesh-interface':
      return `Take the interface of ${command.router} towards ${command.towards} ${command.up ? 'up' : 'down'}`;
    case 'restart-mesh-router':
      return `Restart router ${command.router}`;
    case 'isolate-mesh-router':
      return command.isolated ? `Isolate router ${command.router}` : `Let router ${command.router} take part again`;
    case 'reselect-gateway':
      return `Let ${command.router} choose its gateway anew`;
    case 'add-mesh-link':
      return `Add the link ${command.router}–${command.towards}${command.lossPercent === undefined ? '' : ` with ${command.lossPercent} % loss`}`;
    case 'remove-mesh-link':
      return `Take the link ${command.router}–${command.towards} away`;
    case 'add-mesh-router':
      return `Add router ${command.router}${command.neighbours === undefined || command.neighbours.length === 0 ? '' : `, heard by ${command.neighbours.map(({ router }) => router).join(', ')}`}`;
    case 'remove-mesh-router':
      return `Take router ${command.router} away`;
    case 'rotate-svid':
      return `Renew the SVIDs of ${command.service} now`;
    case 'rotate-authority':
      return `Rotate the signing key of ${command.trustDomain}, with overlap`;
  }
}
