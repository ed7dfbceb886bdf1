export * from './allocate-node';
export * from './split-amount';
