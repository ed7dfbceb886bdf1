/**
 * What a ring map draws: bodies on three rings (0 inner … 2 outer), satellites that sit on a body and belong
 * to another, and links. Angles are turns clockwise from the top and never change while a thing exists.
 */
export type RiskStep = 0 | 1 | 2 | 3 | 4;

export type RingBody = {
  readonly id: string;
  readonly label: string;
  /** What it is, in one word; read out after the label. */
  readonly kind: string;
  readonly ring: 0 | 1 | 2;
  readonly angle: number;
  readonly shape: 'circle' | 'square' | 'diamond';
  /** Load and capacity as areas: radii in px. */
  readonly radius: number;
  readonly capacityRadius: number | null;
  /** Load of the same body in the baseline. */
  readonly ghostRadius: number | null;
  readonly level: RiskStep;
  readonly down: boolean;
  /** Its state in one line. */
  readonly reading: string;
};

export type RingSatellite = { readonly id: string; readonly hostId: string; readonly ownerId: string; readonly moved: boolean; readonly ghostHostId: string | null };

export type RingLink = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `flow` has a direction and a volume; `path` is a chosen route; `line` a possible one; `tie` binds two bodies. */
  readonly kind: 'flow' | 'path' | 'line' | 'tie';
  readonly width: number;
  readonly level: RiskStep;
  readonly down: boolean;
  readonly ghost: boolean;
};

export type RingMapModel = {
  readonly bodies: readonly RingBody[];
  readonly satellites: readonly RingSatellite[];
  readonly links: readonly RingLink[];
  /** Two or three short lines in the middle: the answer at a glance. */
  readonly centre: readonly string[];
};
