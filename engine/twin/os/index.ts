export * from './cpu';
export * from './host';
export * from './fidelity';
export * from './lab';
export { runServiceExperiment, type ServiceLoadRun, type ServiceRecord, type ServiceScenario } from './service';
