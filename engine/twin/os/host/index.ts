export { advanceHost } from './advance-host';
export { compileHost, type CompileHostOptions } from './compile-host';
export type { GroupSample, HostSample, LatencyParts, ProgramSample } from './host-sample';
export type * from './host-spec';
export { forkHost, hostHash, reseedHost, type HostEvent, type HostEventKind, type HostWorld, type ProgramPhase } from './host-world';
export { parseHost, readHost } from './read-host';
export { applyHostCommand, describeHostCommand, type HostUndo } from './apply-host-command';
export * from './host-command';
