export * from './graceful-stop';
export * from './restart-rule';
export * from './service-state';
export * from './supervisor';
