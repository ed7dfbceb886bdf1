export * from './exact';
export * from './fair';
export * from './lab';
export * from './pressure';
export * from './study';
export * from './weights';
