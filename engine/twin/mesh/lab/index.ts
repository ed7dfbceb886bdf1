export * from './records/lab-record';
export * from './lab-scenario';
export * from './read-lab-scenario';
export { recordSpan, type Span, type SpanStep } from './record-span';
export { labMeta, runLab, type LabRun } from './run-lab';
