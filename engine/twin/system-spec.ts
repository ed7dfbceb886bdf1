/**
 * What a system is made of, as a person writes it (or as calibration finds it): nodes, services with a
 * call graph, the load on them, the mesh in front. Units are in the names; the compiler of the twin turns
 * them into integers.
 */
import type { DurationSpec } from './duration';
import type { WorldIdentitySpec } from './mesh/coupling/world-identity-spec';
import type { EdgeStoreSpec } from './mesh/edge/edge-spec';
import type { ClusterSettingsSpec, NodeRulesSpec, NodeStartSpec, ServiceRulesSpec, ServiceStartSpec } from './infra/control-plane/spec';
import type { NodeAvailabilitySpec } from './infra/availability';
import type { CallSpec } from './infra/traffic/call-policy';
import type { QueueSpec } from './infra/traffic/queue/queue-spec';
import type { ServiceTrafficSpec } from './infra/traffic/service-spec';
import type { MeshSpec } from './mesh/mesh-spec';
import type { CarbonSpec, PowerSpec, PricesSpec } from './pricing';
import type { HostSpec } from './os/host/spec/host-spec';

export type SystemSpec = {
  readonly nodes: readonly NodeSpec[];
  readonly services: readonly ServiceSpec[];
  readonly loads: readonly LoadSpec[];
  readonly mesh?: MeshSpec;
  /** Services prove who they are to each other with SVIDs. */
  readonly identity?: WorldIdentitySpec;
  /** Copies of records that edge sites keep. */
  readonly edgeStores?: readonly EdgeStoreSpec[];
  /** Messages between services. */
  readonly queues?: readonly QueueSpec[];
  /** Linux hosts that are played from inside: their CPUs, limits, memory, disks and programs. */
  readonly hosts?: readonly HostSpec[];
  /** How the cluster runs its nodes and pods: release, node groups, delays. */
  readonly cluster?: ClusterSettingsSpec;
  /** After a node is lost: until its replicas leave the balancer, and until they are started elsewhere. Stands above the cluster's lease and toleration. */
  readonly nodeLoss?: { readonly endpointSeconds: number; readonly rescheduleSeconds: number };
  /** What it costs beside the price of its nodes, and the most it may cost. */
  readonly prices?: PricesSpec;
  /** The grid behind it, and what making its machines cost the climate. */
  readonly carbon?: CarbonSpec;
};

export type NodeSpec = NodeRulesSpec & NodeAvailabilitySpec & NodeStartSpec & {
  readonly name: string;
  readonly zone?: string;
  readonly cpuMillicores: number;
  readonly memoryMib: number;
  readonly usdPerHour: number;
  readonly idleWatts?: number;
  readonly maxWatts?: number;
  /** How its CPUs are shared: equal parts (default), or the kernel's own scheduler and bandwidth slices, thread by thread. */
  readonly cpuModel?: 'fair-share' | 'kernel';
  /** Default linear between idle and full, never asleep. */
  readonly power?: PowerSpec;
  /** The mesh router that lives and dies with this node. */
  readonly router?: string;
  /** The mesh router between this node and the rest of the system; none: it is at the gateways' side. */
  readonly via?: string;
  /** Its clock less true time. */
  readonly clockSkewSeconds?: number;
};

export type { DurationSpec };

export type ServiceSpec = ServiceRulesSpec & ServiceTrafficSpec & ServiceStartSpec & {
  readonly name: string;
  readonly replicas: number;
  readonly replicasMin?: number;
  readonly replicasMax?: number;
  /** CPU lanes of one replica: 1 for an event loop, n for a pool of n threads. */
  readonly lanes: number;
  /** Requests that may wait at one replica; further ones are refused. */
  readonly queueLimit?: number;
  /** CPU time of one request. */
  readonly demand: DurationSpec;
  /** Time of one request that needs no CPU here: I/O, network, timers. */
  readonly wait?: DurationSpec;
  /** Made one after another once the own CPU time is done. `perRequest` may be below 1 (a cache) or above. */
  readonly calls?: readonly CallSpec[];
  /** A thread pool keeps its lane while it waits; an event loop does not. */
  readonly holdsLane?: boolean;
  readonly balancing?: 'round-robin' | 'random' | 'least-in-flight';
  /** From the order to start a replica until it takes requests. */
  readonly startUp: DurationSpec;
  readonly cpuRequestMillicores: number;
  readonly quotaMillicores?: number | null;
  readonly memoryMib: number;
  readonly memoryLimitMib?: number | null;
  /** A response later than this counts as an error. */
  readonly timeoutMs?: number;
  /** Pins the service to nodes with one of these names. */
  readonly nodes?: readonly string[];
};

export type LoadSpec = {
  readonly service: string;
  /** `closed`: users who wait for their answers, with the profile `users`. */
  readonly arrivals: 'poisson' | 'even' | 'closed';
  readonly profile: LoadProfile;
  /** Enters through this mesh router and crosses the mesh to its gateway. */
  readonly router?: string;
};

/** Request rate over time. `series` holds one value per step and repeats its last value. */
export type LoadProfile =
  | { readonly kind: 'constant'; readonly rps: number }
  | { readonly kind: 'day'; readonly meanRps: number; readonly amplitude: number; readonly daySeconds: number; readonly phaseSeconds?: number }
  | { readonly kind: 'series'; readonly stepSeconds: number; readonly rps: readonly number[] }
  | { readonly kind: 'users'; readonly users: number; readonly think: DurationSpec };
