/** Signals of a batman-adv mesh: the counters of `batctl statistics` and the columns of its tables, named as Prometheus would. */
import type { Signal } from './signal';

export const MESH_SIGNALS: readonly Signal[] = [
  { name: 'batadv_originator_tq', kind: 'gauge', unit: '', domain: 'mesh', golden: 'saturation', help: 'Transmit quality 0..255 towards an originator over a neighbour (batctl originators, BATMAN IV).' },
  { name: 'batadv_originator_last_seen_seconds', kind: 'gauge', unit: 'seconds', domain: 'mesh', golden: 'errors', help: 'Age of the last OGM of an originator.' },
  { name: 'batadv_neighbor_throughput_bits_per_second', kind: 'gauge', unit: 'bits_per_second', domain: 'mesh', golden: 'saturation', help: 'Link throughput estimate towards a neighbour (batctl neighbors, BATMAN V).' },
  { name: 'batadv_neighbor_last_seen_seconds', kind: 'gauge', unit: 'seconds', domain: 'mesh', golden: 'errors', help: 'Age of the last sign of life of a neighbour.' },
  { name: 'batadv_originator_throughput_kilobits_per_second', kind: 'gauge', unit: 'kilobits_per_second', domain: 'mesh', golden: 'saturation', help: 'Throughput towards an originator over a neighbour (batctl originators, BATMAN V).' },
  { name: 'batadv_route_switches_total', kind: 'counter', unit: 'changes', domain: 'mesh', golden: 'errors', help: 'Best next hops that were changed for another (a probe on batadv_update_route).' },
  { name: 'batadv_tx_packets_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'traffic', help: 'Payload packets sent into the mesh (batctl statistics tx).' },
  { name: 'batadv_rx_packets_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'traffic', help: 'Payload packets received from the mesh (batctl statistics rx).' },
  { name: 'batadv_forward_packets_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'traffic', help: 'Packets forwarded for others (batctl statistics forward).' },
  { name: 'batadv_mgmt_tx_packets_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'traffic', help: 'Routing protocol packets sent (batctl statistics mgmt_tx).' },
  { name: 'batadv_mgmt_rx_packets_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'traffic', help: 'Routing protocol packets received (batctl statistics mgmt_rx).' },
  { name: 'batadv_tx_bytes_total', kind: 'counter', unit: 'bytes', domain: 'mesh', golden: 'traffic', help: 'Payload bytes sent into the mesh (batctl statistics tx_bytes).' },
  { name: 'batadv_rx_bytes_total', kind: 'counter', unit: 'bytes', domain: 'mesh', golden: 'traffic', help: 'Payload bytes received from the mesh (batctl statistics rx_bytes).' },
  { name: 'batadv_tx_dropped_total', kind: 'counter', unit: 'packets', domain: 'mesh', golden: 'errors', help: 'Packets that could not be sent (batctl statistics tx_dropped).' },
  { name: 'batadv_forward_bytes_total', kind: 'counter', unit: 'bytes', domain: 'mesh', golden: 'traffic', help: 'Bytes forwarded for others (batctl statistics forward_bytes).' },
  { name: 'batadv_mgmt_tx_bytes_total', kind: 'counter', unit: 'bytes', domain: 'mesh', golden: 'traffic', help: 'Routing protocol bytes sent: the price of the mesh itself (batctl statistics mgmt_tx_bytes).' },
  { name: 'batadv_mgmt_rx_bytes_total', kind: 'counter', unit: 'bytes', domain: 'mesh', golden: 'traffic', help: 'Routing protocol bytes received (batctl statistics mgmt_rx_bytes).' },
];
