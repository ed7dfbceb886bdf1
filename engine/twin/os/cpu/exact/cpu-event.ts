/** Kinds of events in a host's queue. `subject` is a CPU, a group, or what a caller wants. */
export const CpuEvent = { tick: 0, runEnd: 1, period: 2, slack: 3, call: 4, kick: 5 } as const;
