export * from './cpu-families';
export * from './energy';
export * from './grid';
export * from './grid-intensities';
export * from './host-energy';
export * from './split-energy';
