export { AVAILABILITY_FAULT_KINDS, availabilityFaultWords, isAvailabilityFault, isAvailabilityFaultKind, readAvailabilityFault, subjectOfAvailabilityFault, type AvailabilityFault } from './availability-fault';
export { NODE_AVAILABILITY_KEYS, nodeAvailability, readNodeAvailability, type NodeAvailability, type NodeAvailabilitySpec } from './node-state';
