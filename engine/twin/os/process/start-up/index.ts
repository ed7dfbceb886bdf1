export * from './program-catalogue';
export { detectionMs, runStartUp } from './run-start-up';
export { simulateStart, type StartPlan, type StartResult } from './simulate-start';
export * from './start-up-condition';
export type { StartUpProgram } from './start-up-program';
