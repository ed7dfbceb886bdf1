export * from './build-cpu-host';
export { setQuota, type Quota } from './bandwidth/set-quota';
export * from './change-cpu-host';
export type { Bandwidth, Cpu, CpuGroup, CpuHost, CpuTask } from './cpu-host';
export * from './cpu-report';
export { kernelSettings, tickUs, type KernelSettings } from './kernel-settings';
export { stealTime } from './steal-time';
export { callAt, giveWork, runCpuHost, SILENT, type CpuListener } from './run-cpu-host';
