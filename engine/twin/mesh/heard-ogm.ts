/** One OGM as one receiver hears it. A packet's OGMs are read into the same object one after another: the hot loop allocates nothing. */
export type HeardOgm = {
  edge: number; // over which it came
  router: number; // who hears it
  now: number; // jiffy
  originator: number; // interface
  sequence: number;
  sender: number; // interface the last hop had it from
  tq: number;
  ttl: number;
  flags: number;
  bytes: number;
  /** Filled while learning, for the table at hand: TQ here, whether it came over the route, whether others may want it. */
  tqHere: number;
  fromRoute: boolean;
  goesOn: boolean;
};

export const heardOgm = (edge: number, router: number, now: number): HeardOgm => ({
  edge, router, now, originator: 0, sequence: 0, sender: 0, tq: 0, ttl: 0, flags: 0, bytes: 0, tqHere: 0, fromRoute: false, goesOn: false,
});
