export * from './lab-record';
export * from './lab-scenario';
export * from './read-lab-scenario';
export { labMeta, runLab, type LabRun } from './run-lab';
