export { AVAILABILITY_FAULT_KINDS, availabilityFaultWords, isAvailabilityFault, isAvailabilityFaultKind, readAvailabilityFault, subjectOfAvailabilityFault, type AvailabilityFault } from './availability-fault';
export { runElection, type ElectionResult, type ElectionSpec, type Trouble } from './lease/election';
export { KUBERNETES_LEASE } from './lease/lease';
export { NODE_AVAILABILITY_KEYS, nodeAvailability, readNodeAvailability, type NodeAvailability, type NodeAvailabilitySpec } from './node-state';
