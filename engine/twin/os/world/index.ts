export * from './world-hosts';
