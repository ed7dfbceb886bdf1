/** Any connector without its write side: reads the real target, records every order. */
import type { Database } from '../../database/database';
import type { Connector, ConnectorReader } from '../connector';
import { dryRunActuator } from './dry-run-actuator';

export const dryRunConnector = (db: Database, reader: ConnectorReader, nowUs: () => number): Connector => ({
  ...reader,
  title: `${reader.title} (dry-run: recorded, never sent)`,
  leastPrivilege: { read: reader.leastPrivilege.read, live: [] },
  actuator: dryRunActuator(db, reader.connector, nowUs),
});
