export * from './plan/plan';
