export * from './allocation';
export * from './bill';
export * from './commitments';
export * from './energy';
export * from './prices';
export * from './savings';
