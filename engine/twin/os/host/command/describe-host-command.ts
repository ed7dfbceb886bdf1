/** A host command in words, for lists of what was done and for titles. */
import type { HostCommand } from './host-command';

export function describeHostCommand(command: HostCommand): string {
  switch (command.kind) {
    case 'set-cpu-weight':
      return `CPU weight of ${command.group} to ${command.cpuWeight}`;
    case 'set-quota':
      return command.quotaMs === null ? `no CPU quota for ${command.group}` : `CPU quota of ${command.group} to ${command.quotaMs} of ${command.periodMs} ms`;
    case 'set-memory-limit':
      return command.memoryLimitMib === null ? `no memory limit for ${command.group}` : `memory limit of ${command.group} to ${command.memoryLimitMib} MiB`;
    case 'set-memory-high':
      return command.memoryHighMib === null ? `no high mark for the memory of ${command.group}` : `memory.high of ${command.group} to ${command.memoryHighMib} MiB`;
    case 'set-io-limit':
      return ioWords(command);
    case 'pin-group':
      return `${command.group} on CPU ${command.cpus.join(', ')}`;
    case 'renice-program':
      return `${command.program} to nice ${command.nice}`;
    case 'move-program':
      return `${command.program} to group ${command.group}`;
    case 'migrate-program':
      return `move ${command.program} to ${command.toHost}`;
    case 'set-suspend':
      return command.afterSeconds === null ? 'never suspend' : `suspend after ${command.afterSeconds} s with nothing to do`;
    case 'restart-program':
      return `restart ${command.program}`;
    case 'clean-up-logs':
      return 'delete the logs';
    case 'renew-certificate':
      return `renew the certificate ${command.certificate}`;
    case 'apply-updates':
      return 'install what was released';
    case 'rotate-log':
      return `rotate the log of ${command.program}${command.tellsWriter ? '' : ' without telling it'}`;
    case 'stop-program':
      return `stop ${command.program}`;
    default:
      return 'reboot the host';
  }
}

function ioWords({ group, direction, mibPerSecond, iops }: Extract<HostCommand, { readonly kind: 'set-io-limit' }>): string {
  const limits = [...(mibPerSecond === null ? [] : [`${mibPerSecond} MiB/s`]), ...(iops === null ? [] : [`${iops} operations/s`])];
  const what = `${direction === 'read' ? 'reading' : 'writing'} of ${group}`;
  return limits.length === 0 ? `no limit for the ${what}` : `${what} to ${limits.join(' and ')}`;
}
