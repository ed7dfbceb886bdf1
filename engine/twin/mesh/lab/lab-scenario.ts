/**
 * A mesh experiment in the format of the laboratory that records real batman-adv kernels: topology, settings,
 * pings and scripted events. The twin plays the same files, so a recording and a simulation can be laid side
 * by side. Two-element values mean [a→b, b→a].
 */
export type Pair = readonly [number, number];

export type LabLink = {
  readonly a: string;
  readonly b: string;
  readonly loss: Pair; // per cent
  readonly delay: Pair; // ms
  readonly jitter: Pair; // ms
  readonly burst: Pair; // mean burst length in packets, 0 for independent losses
  readonly rate?: Pair; // Mbit/s
  readonly throughput?: Pair; // Mbit/s, BATMAN_V override
};

/** `size` is the data of an echo in bytes, as ping -s takes it. */
export type LabPing = { readonly src: string; readonly dst: string; readonly interval?: number; readonly from?: number; readonly to?: number; readonly size?: number };

/** Packets of one interface are written down: towards `peer`, or of the radio. `mask`: 1 OGM (default), 2 OGM2, 4 ELP. */
export type LabCapture = { readonly node: string; readonly peer?: string; readonly from?: number; readonly to: number; readonly mask?: number };

export type LabEvent = { readonly t: number } & LabChange;
export type LabChange =
  | {
      readonly type: 'link';
      readonly a: string;
      readonly b: string;
      readonly loss?: number | Pair;
      readonly delay?: number | Pair;
      readonly jitter?: number | Pair;
      readonly burst?: number | Pair;
      readonly rate?: number | Pair;
      readonly throughput?: number | Pair;
    }
  | { readonly type: 'link_cut' | 'link_restore' | 'carrier_down' | 'carrier_up'; readonly a: string; readonly b: string }
  | { readonly type: 'node_down' | 'node_up'; readonly node: string; readonly reboot?: boolean }
  | { readonly type: 'setting'; readonly node: string; readonly name: string; readonly value: string | number };

export type LabSettings = Readonly<Record<string, string | number>>;

export type LabScenario = {
  readonly name: string;
  readonly about?: string;
  readonly algo: 'BATMAN_IV' | 'BATMAN_V';
  readonly medium: 'link' | 'radio';
  readonly seed: number;
  readonly duration: number;
  readonly sampleEvery: number;
  readonly neighEvery: number;
  readonly nodes: readonly string[];
  readonly pos?: Readonly<Record<string, Pair>>;
  readonly links: readonly LabLink[];
  readonly settings: LabSettings;
  readonly nodeSettings?: Readonly<Record<string, LabSettings>>;
  /** Seconds added to the random moment in the first second at which a node starts. */
  readonly startAt?: Readonly<Record<string, number>>;
  readonly pings: readonly LabPing[];
  /** In order of time. */
  readonly events: readonly LabEvent[];
  readonly capture: readonly LabCapture[];
};
