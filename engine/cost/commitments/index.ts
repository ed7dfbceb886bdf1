export * from './commitment-order';
