/** Hosts with a question each, for the Host page: what limits and neighbours do to a service. */
import type { HostFault, os } from '@/engine/twin';
import { backupBox } from './backup-box';
import { edgeBox } from './edge-box';
import { fullBox } from './full-box';
import { leakyBox } from './leaky-box';
import { probeBox } from './probe-box';
import { quotaBox } from './quota-box';
import { sensorBox } from './sensor-box';
import { serverMonth } from './server-month';

export type HostQuestion = {
  readonly id: string;
  /** For a switch. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly host: os.HostSpec;
  /** What is tried first. */
  readonly firstChange: { readonly command: os.HostCommand } | { readonly fault: HostFault; readonly lastsSeconds?: number };
  /** Default one minute in steps of 0.2 s, changed at 15 s. */
  readonly seconds?: number;
  readonly sampleSeconds?: number;
  readonly changeAtSeconds?: number;
};

export const hostQuestions: readonly HostQuestion[] = [quotaBox, edgeBox, leakyBox, probeBox, fullBox, backupBox, serverMonth, sensorBox];
