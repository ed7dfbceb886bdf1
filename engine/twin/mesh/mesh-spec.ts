/** A batman-adv mesh as a person writes it: routers, links with loss and delay, which routers are gateways. */
export type MeshSpec = {
  readonly routers: readonly { readonly name: string; readonly x?: number; readonly y?: number; readonly gateway?: boolean }[];
  readonly links: readonly {
    readonly a: string;
    readonly b: string;
    /** Loss of broadcast frames in per cent, each way. */
    readonly lossPercent?: number;
    readonly lossPercentBack?: number;
    readonly delayMs?: number;
  }[];
  readonly ogmIntervalMs?: number;
  readonly hopPenalty?: number;
};
