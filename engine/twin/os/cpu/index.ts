export * from './exact';
export * from './weights';
