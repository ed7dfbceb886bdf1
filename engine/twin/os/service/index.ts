export { drawRequests, type DrawnRequest } from './draw-requests';
export { runServiceExperiment, type ServiceLoadRun } from './run-service-experiment';
export * from './service-scenario';
export * from './scale-out';
export * from './chain';
