export * from './availability';
export * from './error-budget';
export * from './exposure';
export * from './hazard';
export * from './heat-map';
export * from './request-counts';
