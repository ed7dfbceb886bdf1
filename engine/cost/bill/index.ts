export * from './bill';
export * from './bill-of-frames';
export * from './frame-cost';
