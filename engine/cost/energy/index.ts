export * from './cpu-families';
export * from './energy';
export * from './host-energy';
