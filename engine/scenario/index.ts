export * from './scenario-spec';
export * from './run-report';
