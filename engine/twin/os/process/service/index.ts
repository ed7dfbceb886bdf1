export * from './restart-rule';
export * from './supervisor';
