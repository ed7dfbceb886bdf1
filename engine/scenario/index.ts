export * from './scenario-spec';
