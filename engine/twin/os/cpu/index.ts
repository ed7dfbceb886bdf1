export * from './exact';
export * from './lab';
export * from './weights';
