export * from './buckets';
export * from './checkpoint';
export * from './container-usage';
export * from './histogram';
export * from './recommend';
export * from './updater';
