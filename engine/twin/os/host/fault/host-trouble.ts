/** What is wrong with the machine itself, as opposed to what runs on it. Counts, so that faults may overlap. */
export type HostTrouble = {
  powerCuts: number;
  networkCuts: number;
  /** Waits for others that ended while the network was cut: they go on when it is back. */
  heldWaits: number[];
  /** How much longer everything that reads or writes the disk takes. */
  diskFactor: number;
  /** The kernel has remounted the file system read-only (errors=remount-ro). */
  readOnly: number;
  /** Tasks of no program; `group` −1 is outside of every group. */
  strangers: { readonly group: number; readonly tasks: number[] }[];
  /** The host's clock less true time. */
  clockSkewUs: number;
  /** The end of the last boot: until then nothing runs. */
  upFromUs: number;
  /** Everybody was asked to end, for a reboot. */
  rebootsWhenStopped?: true;
};

/** Without power. */
export const isOff = ({ trouble }: { readonly trouble: HostTrouble }) => trouble.powerCuts > 0;

export const noTrouble = (): HostTrouble => ({ powerCuts: 0, networkCuts: 0, heldWaits: [], diskFactor: 1, readOnly: 0, strangers: [], clockSkewUs: 0, upFromUs: 0 });
