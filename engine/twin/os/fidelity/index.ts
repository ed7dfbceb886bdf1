export { compareRecord, looksRecorded, refusedRuns } from './compare-record';
export type { ComparedValue, ValueKind } from './measured-value';
export { isExperimentMet, RATIO_BAR, summarizeFidelity, WITHIN_BAR, type ExperimentFidelity, type KindFidelity, type PartFidelity } from './summarize-fidelity';
