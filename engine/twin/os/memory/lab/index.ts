export * from './memory-scenario';
export { runMemoryScenario } from './run-memory-scenario';
export { MEMORY_COST } from './program-costs';
