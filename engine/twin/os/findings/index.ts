export * from './find-certificates';
export * from './find-disk';
export * from './find-memory';
export * from './find-rules';
export * from './growth';
export * from './host-finding';
