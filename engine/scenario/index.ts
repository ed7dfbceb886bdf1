export * from './compare-runs';
export * from './engine-version';
export * from './kpis';
export * from './parse-scenario';
export * from './run-report';
export * from './run-scenario';
export * from './scenario-spec';
export * from './what-if';
