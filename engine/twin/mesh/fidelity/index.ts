export * from './compare-runs';
export { isMet, mergeMeasures, type Measure, type Miss } from './measure';
export { observe, observedRun, type ObservedRun } from './observed-run';
