/** Why the world did not take a command, as a sentence with its numbers. */
import type { Refusal } from '@/engine/twin';

export function describeRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'not-found':
      return `There is no ${refusal.what} called ${refusal.name}.`;
    case 'out-of-range':
      return `${refusal.what}: ${refusal.value} is not between ${refusal.min} and ${refusal.max}.`;
    case 'no-capacity':
      return `${refusal.service}: only ${refusal.placed} of ${refusal.wanted} replicas found room.`;
    case 'unsupported':
      return `${refusal.target} does not offer ${refusal.kind}.`;
    case 'stale':
      return `The world had changed: expected ${refusal.expected}, found ${refusal.found}.`;
    case 'unreachable':
      return `${refusal.target} could not be reached: ${refusal.detail}.`;
  }
}
