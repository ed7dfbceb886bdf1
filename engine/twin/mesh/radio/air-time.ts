/**
 * How much of the air a router's OGMs fill: those it sends and those it must be silent for. Broadcasts go at the lowest
 * basic rate, each with its preamble (IEEE 802.11: 192 µs long preamble at 1 Mbit/s DSSS, 20 µs for OFDM), the 802.11
 * header and checksum in place of the Ethernet one, and a mean back-off of half a window.
 */
export type BasicRate = 1 | 6;

const PREAMBLE_US: Readonly<Record<BasicRate, number>> = { 1: 192, 6: 20 };
const WAIT_US: Readonly<Record<BasicRate, number>> = { 1: 50 + 15.5 * 20, 6: 34 + 7.5 * 9 }; // DIFS and half of CWmin slots
const EXTRA_BYTES = 24 + 8 + 4 - 14;

/** Share of time, 0..1 (above 1: it does not fit). `bytes` with Ethernet headers, as the counters have them. */
export function airTimeShare({ packets, bytes, seconds }: { readonly packets: number; readonly bytes: number; readonly seconds: number }, rate: BasicRate = 1): number {
  if (seconds <= 0) return 0;
  const busyUs = packets * (PREAMBLE_US[rate] + WAIT_US[rate]) + ((bytes + packets * EXTRA_BYTES) * 8) / rate;
  return busyUs / (seconds * 1_000_000);
}
