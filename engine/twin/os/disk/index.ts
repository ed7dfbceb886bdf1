export * from './block-device';
export * from './deadline-scheduler';
export * from './lab';
export * from './throttle/io-throttle';
export * from './writeback';
