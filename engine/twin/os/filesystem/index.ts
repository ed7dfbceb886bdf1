export * from './clean-up';
export * from './file-system';
export * from './image-store';
export * from './log-rotation';
export * from './snapshot';
