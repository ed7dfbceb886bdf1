/** What the one live stream of a tab carries. */
import type { Frame } from '@/engine/telemetry';
import type { GatewayEvent } from '../gateway/ports';
import type { FleetStatus } from '../fleet/fleet-process';
import type { DecisionSummary } from './decision-summary';
import type { Health } from '../boot/health';

export type LiveEvent =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'fleet'; readonly fleet: FleetStatus }
  | { readonly kind: 'decision'; readonly decision: DecisionSummary }
  | { readonly kind: 'health'; readonly health: Health }
  | GatewayEvent;

/** `gap`: so many events are no longer kept; read the lists again before going on. */
export type StreamEvent = LiveEvent | { readonly kind: 'gap'; readonly missed: number | null };
