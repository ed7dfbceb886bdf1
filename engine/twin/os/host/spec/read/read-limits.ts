/** The largest host that is played. */
export const CPUS_MAX = 64;
export const MIB_MAX = 4_194_304;
