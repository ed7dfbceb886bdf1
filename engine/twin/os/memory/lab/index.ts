export * from './memory-scenario';
export { restartDelayS } from './end-process';
export { runMemoryScenario } from './run-memory-scenario';
export { MEMORY_COST } from './program-costs';
