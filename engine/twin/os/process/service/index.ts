export * from './graceful-stop';
export * from './service-state';
export * from './supervisor';
