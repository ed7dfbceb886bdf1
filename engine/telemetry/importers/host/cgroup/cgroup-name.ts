/**
 * Which cgroup a file belongs to, by its path: version 2 has one tree, version 1 one tree per controller
 * (`/sys/fs/cgroup/memory/app/memory.failcnt`).
 */
const ROOT = /^.*\/sys\/fs\/cgroup\//;
const CONTROLLERS = /^(?:unified|systemd|(?:cpu|cpuacct|cpuset|memory|blkio|pids|devices|freezer|hugetlb|net_cls|net_prio|perf_event|rdma)(?:,(?:cpu|cpuacct|net_cls|net_prio))?)(?:\/|$)/;
/** As systemd names it, or as the runtime does itself: 64 hexadecimal digits. */
const CONTAINER = /^(?:(?:docker|libpod|cri-containerd|crio|nerdctl)-([0-9a-f]{12})[0-9a-f]*\.scope|([0-9a-f]{12})[0-9a-f]{52})$/;

/** `/app/web`; `/` for the root and for a file whose folder is not known. */
export function cgroupOf(path: string): string {
  const folder = path.replace(/\/?[^/]*$/, '');
  const inTree = ROOT.test(`${folder}/`) ? `${folder}/`.replace(ROOT, '').replace(CONTROLLERS, '') : folder.replace(/^\.?\//, '');
  return `/${inTree.replace(/\/+$/, '')}`;
}

/** The label `id` as cAdvisor has it, and `service` for what is one: a unit, a container, a group of one's own; slices only hold others. */
export function cgroupLabels(path: string): (readonly [string, string])[] {
  return labelsOfGroup(cgroupOf(path));
}

export function labelsOfGroup(group: string): (readonly [string, string])[] {
  const last = group.slice(group.lastIndexOf('/') + 1);
  const [, scoped, bare] = CONTAINER.exec(last) ?? [];
  const service = scoped ?? bare ?? (last.endsWith('.slice') ? '' : last.replace(/\.(service|scope)$/, ''));
  return [['id', group], ['service', service]];
}
