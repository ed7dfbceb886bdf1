export * from './cpu-lab-run';
export * from './cpu-lab-scenario';
export { runCpuExperiment } from './run-cpu-experiment';
