export * from './find-disk';
export * from './find-memory';
export * from './find-rules';
export * from './find-services';
export * from './growth';
export * from './host-finding';
