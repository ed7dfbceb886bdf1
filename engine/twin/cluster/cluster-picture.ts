/**
 * A whole cluster as columns for a picture: one entry per node slot and one per pod slot, from a running cluster
 * or from an imported one. The shape is what stays while time goes on; a moment is what changes. A slot keeps its
 * index for as long as the shape lives, so a picture can follow a node without looking at names.
 */
export const PictureNodeState = { absent: 0, booting: 1, ready: 2, draining: 3, cordoned: 4, pressure: 5, notReady: 6 } as const;
export const PicturePodState = { free: 0, pending: 1, starting: 2, ready: 3, stopping: 4, failing: 5 } as const;

export type ClusterShape = {
  readonly name: string;
  readonly zones: readonly string[];
  readonly pools: readonly string[];
  readonly workloads: readonly string[];
  readonly nodes: {
    readonly name: readonly string[];
    /** `key=value` pairs joined by spaces, for the search; null where there are none. */
    readonly labels: readonly string[] | null;
    /** Into `zones` and `pools`. */
    readonly zone: Uint16Array;
    readonly pool: Uint16Array;
    /** Allocatable. */
    readonly cpuMillicores: Float64Array;
    readonly memoryMib: Float64Array;
    readonly podsMax: Uint16Array;
  };
};

export type ClusterMoment = {
  readonly atSeconds: number;
  readonly nodes: {
    /** `PictureNodeState`. */
    readonly state: Uint8Array;
    readonly cpuRequestedMillicores: Float64Array;
    readonly memoryRequestedMib: Float64Array;
    /** NaN where it is not measured. */
    readonly cpuUsedMillicores: Float64Array;
  };
  readonly pods: {
    /** Slots in use or free; the arrays are as long. */
    readonly count: number;
    /** Null: a pod is called after its workload, its slot and its life. */
    readonly name: readonly string[] | null;
    /** Which pod of its slot it is. */
    readonly life: Int32Array;
    /** Into `workloads`. */
    readonly workload: Uint32Array;
    /** Node slot, −1 for none. */
    readonly node: Int32Array;
    /** `PicturePodState`. */
    readonly state: Uint8Array;
    readonly cpuMillicores: Float32Array;
    readonly memoryMib: Float32Array;
  };
};

export type ClusterPicture = { readonly shape: ClusterShape; readonly moment: ClusterMoment };
