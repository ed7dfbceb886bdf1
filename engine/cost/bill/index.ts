export * from './frame-cost';
