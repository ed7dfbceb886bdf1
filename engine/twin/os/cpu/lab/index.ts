export * from './cpu-lab-run';
export * from './cpu-lab-scenario';
export { CPU_DRAWS_DEFAULT, runCpuExperiment } from './run-cpu-experiment';
