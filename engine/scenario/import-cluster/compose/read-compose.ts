/**
 * A Compose file: its services as workloads of one host. Reservations become requests, limits limits; a
 * service whose profile is not asked for does not start, as `docker compose up` would leave it.
 */
import { isMembers } from '../sanitize/sanitize';
import { workloadKey, type Collected, type FoundWorkload } from '../collected';
import { noteIssue, noteObject } from '../fit-card/ledger';
import { hostsOfEnvironment } from '../kubernetes/workload/environment';
import { noteFields } from '../kubernetes/coverage/note-fields';
import { composeBytes, composeCount, composeMillicores, composeSeconds } from './compose-amounts';
import { COMPOSE_FIELDS } from './fields';

type Members = Readonly<Record<string, unknown>>;

/** Services with a namespace make workloads; the rest of the file is named on the card. Null: this is no Compose file. */
export const isCompose = (value: unknown): value is Members => isMembers(value) && value.kind === undefined && isMembers(value.services) && Object.values(value.services).some((service) => isMembers(service) && ['image', 'build', 'extends', 'deploy'].some((key) => key in service));

export function readCompose(file: Members, path: string, into: Collected): number {
  const { services, name } = file;
  const namespace = typeof name === 'string' && /^[a-z0-9][a-z0-9_-]{0,62}$/.test(name) ? name : 'compose';
  let read = 0;
  if (isMembers(services)) for (const service of Object.keys(services)) read += readService({ name: service, namespace, path: `${path}.services.${service.slice(0, 80)}` }, services[service], into);
  for (const [key, fate, kind, words] of OTHERS) {
    const part = file[key];
    const count = isMembers(part) ? Object.keys(part).length : Array.isArray(part) ? part.length : 0;
    for (let i = 0; i < count; i += 1) noteObject(into.ledger, fate, kind, words);
    into.ledger.objectsRead += count;
    read += count;
  }
  return read;
}

const OTHERS = [
  ['secrets', 'dropped', 'Compose secret', 'nothing of it is kept but that it was there'],
  ['configs', 'withoutEffect', 'Compose config', 'the twin runs no programs, so it needs no configuration of theirs'],
  ['volumes', 'notModelled', 'Compose volume', 'disks are not simulated'],
  ['networks', 'withoutEffect', 'Compose network', 'every service may call every other one'],
  ['include', 'notModelled', 'Compose include', 'the file it names is not read: give the output of docker compose config'],
] as const;

type Place = { readonly name: string; readonly namespace: string; readonly path: string };

function readService({ name, namespace, path }: Place, value: unknown, into: Collected): 1 {
  const { ledger } = into;
  ledger.objectsRead += 1;
  if (!isMembers(value) || name === '' || name.length > 253) {
    noteIssue(ledger, path, 'a service must be an object with a name of 1 to 253 characters', 'Write at least an image.', 'wrong-type');
    noteObject(ledger, 'refused', 'Compose service');
    return 1;
  }
  if (Array.isArray(value.profiles) && value.profiles.length > 0) {
    noteObject(ledger, 'withoutEffect', 'Compose service', 'its profile is not asked for, so it does not start');
    return 1;
  }
  const key = workloadKey('Compose service', namespace, name);
  if (into.workloads.has(key)) {
    noteIssue(ledger, path, 'there is a service of this name already', 'The first is used. Merge the files with docker compose config.', 'duplicate');
    noteObject(ledger, 'dropped', 'Compose service of a name that was there', 'the first of the same name is used');
    return 1;
  }
  into.workloads.set(key, workloadOf(name, namespace, value, path, into));
  into.services.set(`${namespace}/${name}`, { namespace, name, selector: { [SERVICE_LABEL]: name }, published: listed(value.ports) });
  noteFields(ledger, 'Compose.service', value, COMPOSE_FIELDS);
  noteObject(ledger, 'understood', 'Compose service');
  return 1;
}

/** As Compose labels its containers. */
const SERVICE_LABEL = 'com.docker.compose.service';
const listed = (value: unknown) => Array.isArray(value) && value.length > 0;
const members = (value: unknown): Members => (isMembers(value) ? value : {});

function workloadOf(name: string, namespace: string, service: Members, path: string, { ledger }: Collected): FoundWorkload {
  const deploy = members(service.deploy);
  const [limits, reservations] = [members(members(deploy.resources).limits), members(members(deploy.resources).reservations)];
  const amount = <T>(read: (raw: unknown) => T | null, where: string, ...raws: readonly unknown[]): T | null => {
    const raw = raws.find((each) => each !== undefined && each !== null);
    const value = raw === undefined ? null : read(raw);
    if (raw !== undefined && value === null) noteIssue(ledger, `${path}.${where}`, 'not an amount this reader knows', 'Write 0.5 for CPUs, 512M for memory, 3 for replicas; set variables with docker compose config.');
    return value;
  };
  const cpuLimit = amount(composeMillicores, 'cpus', limits.cpus, service.cpus, service.cpu_count);
  const memoryLimit = amount(composeBytes, 'mem_limit', limits.memory, service.mem_limit);
  const cpu = amount(composeMillicores, 'deploy.resources.reservations.cpus', reservations.cpus);
  const memory = amount(composeBytes, 'mem_reservation', reservations.memory, service.mem_reservation);
  const requests = { ...(cpu === null ? {} : { cpu }), ...(memory === null ? {} : { memory }) };
  const limit = { ...(cpuLimit === null ? {} : { cpu: cpuLimit }), ...(memoryLimit === null ? {} : { memory: memoryLimit }) };
  return {
    kind: 'Compose service',
    namespace,
    name,
    owner: null,
    planned: true,
    replicas: amount(composeCount, 'deploy.replicas', deploy.replicas, service.scale) ?? 1,
    template: { name, namespace, labels: { [SERVICE_LABEL]: name }, owner: { kind: 'Compose service', name }, containers: [{ name, requests, limits: limit, ...(typeof service.image === 'string' ? { image: service.image } : {}) }] },
    priorityClass: '',
    reaches: reachedBy(service),
    published: listed(service.ports),
    rollout: null,
    life: null,
    readinessDelaySeconds: amount(composeSeconds, 'healthcheck.start_period', members(service.healthcheck).start_period) ?? 0,
  };
}

/** What it waits for, what it is linked to, and what its environment names. */
function reachedBy({ depends_on: dependsOn, links, environment }: Members): readonly string[] {
  const hosts = new Set<string>();
  const add = (value: unknown) => typeof value === 'string' && value.length <= 253 && hosts.add(value);
  if (Array.isArray(dependsOn)) for (const each of dependsOn as readonly unknown[]) add(each);
  else for (const each of Object.keys(members(dependsOn))) add(each);
  if (Array.isArray(links)) for (const each of links as readonly unknown[]) if (typeof each === 'string') add(each.split(':')[0]);
  hostsOfEnvironment(environment, hosts);
  return [...hosts];
}
