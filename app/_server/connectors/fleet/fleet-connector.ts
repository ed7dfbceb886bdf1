/** The fleet: real processes on loopback, behind the supervisor's conditional writes. */
import type { Connector } from '../connector';
import { fleetActuator } from './fleet-actuator';
import { fleetObserver } from './fleet-observer';

export const fleetConnector = (url: () => string | null, nowUs: () => number): Connector => ({
  connector: 'fleet',
  title: 'Fleet: a small real system on this machine',
  commands: ['set-replicas', 'set-cpu-quota', 'restart-replica'],
  leastPrivilege: {
    read: ['GET /state, /targets and /metrics on the supervisor’s loopback port'],
    live: ['PUT /services/NAME/replicas', 'PUT /services/NAME/quota', 'POST /services/NAME/replicas/ID/restart, each with If-Match'],
  },
  observer: fleetObserver(url, nowUs),
  actuator: fleetActuator(url),
});
