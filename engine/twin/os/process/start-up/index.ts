export * from './program-catalogue';
export { detectionMs, NODE_WARM_UP_MS, runStartUp } from './run-start-up';
export { simulateStart, type StartPlan, type StartResult } from './simulate-start';
export * from './start-up-condition';
export type { StartUpProgram } from './start-up-program';
