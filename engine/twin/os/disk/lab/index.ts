export * from './disk-scenario';
export * from './read-dd-script';
export { runDiskScenario } from './run-disk-scenario';
