export * from './pressure-averages';
export * from './pressure-group';
export * from './task-states';
