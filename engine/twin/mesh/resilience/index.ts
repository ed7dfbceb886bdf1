export { bestSites, type Site } from './best-site';
export { expectedRoutes, meshGraph, type MeshGraph, type Routes } from './expected-routes';
export { sweepFailures, sweepPairs, type FailureImpact, type FailureSweep } from './failure-sweep';
