/**
 * NodePorts: two pods on one node cannot take the same host port. They clash when protocol and port are
 * equal and the addresses are equal or one of them is 0.0.0.0. No port, no protocol and no address mean 0,
 * TCP and 0.0.0.0.
 */
import type { Container, Pod } from '../../api/pod';
import { no, type FilterPlugin } from '../filter';

const ANY_ADDRESS = '0.0.0.0';
type HostPort = { readonly address: string; readonly slot: string };

export function hostPortsOf(pod: Pod, withSidecars: boolean): readonly HostPort[] {
  const sidecars = withSidecars ? (pod.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always') : [];
  return [...pod.containers, ...sidecars].flatMap(portsOf);
}

function portsOf(container: Container): readonly HostPort[] {
  return (container.ports ?? [])
    .filter(({ hostPort = 0 }) => hostPort > 0)
    .map(({ hostIP = '', hostPort, protocol = '' }) => ({ address: hostIP === '' ? ANY_ADDRESS : hostIP, slot: `${protocol === '' ? 'TCP' : protocol}/${hostPort}` }));
}

const clash = (x: HostPort, y: HostPort) => x.slot === y.slot && (x.address === y.address || x.address === ANY_ADDRESS || y.address === ANY_ADDRESS);

export const nodePorts: FilterPlugin = (pod, _snapshot, { rules }) => {
  const wanted = hostPortsOf(pod, rules.sidecarHostPorts);
  if (wanted.length === 0) return () => null;
  return (info) => {
    const taken = info.pods.flatMap((other) => hostPortsOf(other, rules.sidecarHostPorts));
    const blocked = wanted.find((port) => taken.some((other) => clash(port, other)));
    return blocked === undefined ? null : no(`the host port ${blocked.slot} is taken`);
  };
};
