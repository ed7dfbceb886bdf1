/** Frames, second by second: the system, its services, its nodes and its mesh. Null is "not measured", never 0. */
import { bigint, boolean, double, doubleOrNull, integer, integerOrNull, table, text, textOrNull, type RowOf } from '../table';

const at = {
  run_id: text('Run.'),
  at_us: bigint('End of the window: since the start for simulated runs, since the Unix epoch otherwise.'),
};

export const frameTable = table('frame', 'One row per frame: what the whole system cost and drew.', {
  ...at,
  window_us: bigint('Length of the window.'),
  source: text('simulated, recorded or live.'),
  usd_per_hour: doubleOrNull('Price of what was running; null without a price.'),
  watts: doubleOrNull('Power; null without a power model.'),
  ogm_bytes_per_second: doubleOrNull('Routing traffic of the mesh; null without a mesh.'),
});
export type FrameRow = RowOf<typeof frameTable>;

export const frameServiceTable = table('frame_service', 'One row per frame and service.', {
  ...at,
  window_us: bigint('Length of the window.'),
  service: text('Service.'),
  offered_rps: doubleOrNull('Requests that arrived, per second.'),
  served_rps: doubleOrNull('Requests answered without an error, per second.'),
  error_rps: doubleOrNull('Requests that failed, per second.'),
  latency_mean_us: doubleOrNull('Mean latency of the requests that ended in the window.'),
  latency_p50_us: doubleOrNull('Median latency.'),
  latency_p95_us: doubleOrNull('95th percentile of latency.'),
  latency_p99_us: doubleOrNull('99th percentile of latency.'),
  cpu_cores: doubleOrNull('CPU used by all replicas, in cores.'),
  throttled_share: doubleOrNull('Share of CFS periods throttled, 0..1.'),
  replicas: integerOrNull('Replicas wanted.'),
  replicas_ready: integerOrNull('Replicas that take requests.'),
  quota_millicores: doubleOrNull('CPU limit of one replica; null when unlimited or unknown.'),
  in_flight: doubleOrNull('Requests in flight.'),
  memory_bytes: doubleOrNull('Memory of all replicas.'),
});
export type FrameServiceRow = RowOf<typeof frameServiceTable>;

export const frameNodeTable = table('frame_node', 'One row per frame and node.', {
  ...at,
  window_us: bigint('Length of the window.'),
  node: text('Node.'),
  up: boolean('False while the node is down.'),
  cpu_capacity_cores: double('CPU of the node, in cores.'),
  cpu_cores: doubleOrNull('CPU used, in cores.'),
  cpu_pressure: doubleOrNull('PSI "some" share, 0..1.'),
  memory_bytes: doubleOrNull('Memory used.'),
  replicas: integer('Replicas on the node.'),
});
export type FrameNodeRow = RowOf<typeof frameNodeTable>;

export const frameMeshTable = table('frame_mesh', 'One row per frame and mesh router: its best route towards a gateway.', {
  ...at,
  router: text('Router.'),
  gateway: textOrNull('Gateway it uses; null when it has none.'),
  next_hop: textOrNull('Best next hop; null when it has no route.'),
  tq: integer('Transmit quality of the route, 0..255.'),
});
export type FrameMeshRow = RowOf<typeof frameMeshTable>;

export const frameLinkTable = table('frame_link', 'One row per frame and directed mesh link, as its receiver sees it.', {
  ...at,
  from_router: text('Sender.'),
  to_router: text('Receiver.'),
  up: boolean('False while the link is down.'),
  tq: integer('Transmit quality of the link, 0..255.'),
});
export type FrameLinkRow = RowOf<typeof frameLinkTable>;
