export * from './allocate';
export * from './cpu-families';
export * from './energy';
export * from './frame-cost';
export * from './host-energy';
export * from './price-book';
export * from './savings';
export * from './split-amount';
