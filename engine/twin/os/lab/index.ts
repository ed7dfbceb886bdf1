export * from './host-record';
export { parseHostRecord } from './read-host-record';
export { runHostRecord, type HostTwin, type TwinRun } from './run-host-record';
