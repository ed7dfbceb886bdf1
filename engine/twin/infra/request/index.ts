/** The life of a request at one service: begin, work, call others, end. */
export { goOn } from './call-next';
export { failSpan, finishSpan } from './finish-span';
export { startRequest, startSpan, startTask } from './start-span';
export { admitSpan, afterCpu, finishCpu } from './work';
