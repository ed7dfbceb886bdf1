/**
 * Numbers of batman-adv 2022.3 (net/batman-adv/main.h unless said), as Debian's kernel 6.1 ships it.
 * Later versions keep them for BATMAN_IV; 2024 adds a cap of 32 OGMs per aggregate, which 512 bytes never reach.
 */
export const TQ_MAX = 255;
/** Sequence numbers a link is judged by (TQ_LOCAL_WINDOW_SIZE). */
export const WINDOW = 64;
/** Values a path is averaged over (TQ_GLOBAL_WINDOW_SIZE). */
export const RING = 5;
export const OGM_TTL = 50;
/** OGMs of secondary interfaces are for the direct neighbour only (bat_iv_ogm.c). */
export const SECONDARY_TTL = 2;
/** An OGM this many hops worse than the first copy of its sequence number no longer counts. */
export const TTL_SLACK = 3;

export const JITTER_MS = 20;
export const FORWARD_DELAY_MS = 10;
export const AGGREGATION_MS = 100;
export const AGGREGATION_BYTES = 512;
export const OGM_HEADER_BYTES = 24;
export const ETHERNET_BYTES = 14;
export const UNICAST_HEADER_BYTES = 10;
/** What an Ethernet link takes after its own header; longer frames are split (fragmentation.c). */
export const LINK_MTU_BYTES = 1_500;
export const FRAGMENT_HEADER_BYTES = 20;

export const OGM_INTERVAL_MS = 1_000;
export const HOP_PENALTY = 30;
export const GATEWAY_CLASS = 20;

export const PURGE_MS = 200_000;
export const ORIGINATOR_PURGE_MS = 400_000;
export const PURGE_WORK_MS = 1_000;
export const RESET_PROTECTION_MS = 30_000;
/** A sequence number this far ahead means that the sender started anew (EXPECTED_SEQNO_RANGE). */
export const SEQUENCE_RANGE = 65_536;
