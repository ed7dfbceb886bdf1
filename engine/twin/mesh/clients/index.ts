export { clientPath } from './client-path';
export { moveMeshClient } from './move-client';
