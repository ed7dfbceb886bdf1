/** A batman-adv mesh as a person writes it: routers, links with loss and delay, which routers are gateways. */
export type MeshSpec = {
  readonly routers: readonly MeshRouterSpec[];
  readonly links: readonly MeshLinkSpec[];
  readonly ogmIntervalMs?: number;
  readonly hopPenalty?: number;
  /** `radio` (default): one interface per router, heard by every neighbour. `link`: one interface per link, as with cables. */
  readonly medium?: 'radio' | 'link';
  readonly algorithm?: 'BATMAN_IV' | 'BATMAN_V';
  readonly elpIntervalMs?: number;
  /** Times that a link sends a unicast frame before it gives up: 7 for Wi-Fi; 1 (default) for wires and the laboratory. OGMs are broadcast and sent once. */
  readonly unicastTries?: number;
};

export type MeshRouterSpec = {
  readonly name: string;
  readonly x?: number;
  readonly y?: number;
  readonly gateway?: boolean;
  readonly gatewayDownMbps?: number;
  /** Gateway selection class: 1 fast, 2 stable, 3 fast-switch, above: late-switch by that many TQ points. */
  readonly gatewayClass?: number;
  readonly hopPenalty?: number;
  readonly ogmIntervalMs?: number;
  /** BATMAN_V: how often its interfaces say hello. */
  readonly elpIntervalMs?: number;
  /** Whether OGMs are collected into packets (default); otherwise each leaves alone and at once. */
  readonly aggregation?: boolean;
  /** When the router is switched on, seconds after the mesh started; drawn within the first second when left out. */
  readonly startSeconds?: number;
  /** Not there yet: the command `add-mesh-router` switches it on. */
  readonly planned?: boolean;
};

/** One link. A value for the way back (b to a) equals the value forth when left out. */
export type MeshLinkSpec = {
  readonly a: string;
  readonly b: string;
  /** Loss of broadcast frames in per cent. */
  readonly lossPercent?: number;
  readonly lossPercentBack?: number;
  readonly delayMs?: number;
  readonly delayMsBack?: number;
  readonly jitterMs?: number;
  readonly jitterMsBack?: number;
  /** Mean length of a burst of losses in packets (Gilbert–Elliott); up to 1: losses are independent. */
  readonly burstPackets?: number;
  readonly burstPacketsBack?: number;
  readonly rateMbps?: number;
  readonly rateMbpsBack?: number;
  /** BATMAN_V `throughput_override`. */
  readonly throughputMbps?: number;
  readonly throughputMbpsBack?: number;
  /** Not there yet: the command `add-mesh-link` makes it. */
  readonly planned?: boolean;
};
