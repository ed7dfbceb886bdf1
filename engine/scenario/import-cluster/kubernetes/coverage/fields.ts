/**
 * What becomes of each field of the kinds that are read. A field that is in none of the lists is counted as
 * not modelled under its own name, so a new field of the API shows up on the card by itself.
 */
export type FieldTable = {
  readonly modelled: readonly string[];
  readonly withoutEffect: readonly string[];
  readonly gaps: Readonly<Record<string, string>>;
};

const SPREAD_OUT = 'the twin decides by itself';

export const POD_FIELDS: FieldTable = {
  modelled: ['affinity', 'containers', 'initContainers', 'nodeName', 'nodeSelector', 'overhead', 'preemptionPolicy', 'priority', 'priorityClassName', 'resources', 'terminationGracePeriodSeconds', 'tolerations', 'topologySpreadConstraints', 'volumes'],
  withoutEffect: ['automountServiceAccountToken', 'dnsConfig', 'dnsPolicy', 'enableServiceLinks', 'hostAliases', 'hostname', 'imagePullSecrets', 'os', 'preemptionPolicy', 'securityContext', 'serviceAccount', 'serviceAccountName', 'setHostnameAsFQDN', 'shareProcessNamespace', 'subdomain'],
  gaps: {
    activeDeadlineSeconds: 'the pod runs on after its deadline',
    ephemeralContainers: 'they take no room',
    hostIPC: 'it shares nothing with its node',
    hostNetwork: 'it has a network of its own; ports it opens without hostPort do not clash',
    hostPID: 'it shares nothing with its node',
    readinessGates: 'a pod is ready when its containers are',
    resourceClaims: 'devices claimed this way are not allocated',
    restartPolicy: 'a container that ends is started again',
    runtimeClassName: 'its overhead counts only where the pod says it',
    schedulerName: 'the default scheduler places it',
    schedulingGates: 'it is scheduled at once',
  },
};

export const CONTAINER_FIELDS: FieldTable = {
  modelled: ['env', 'image', 'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources', 'restartPolicy', 'startupProbe'],
  withoutEffect: ['imagePullPolicy', 'securityContext', 'stdin', 'terminationMessagePath', 'terminationMessagePolicy', 'tty', 'volumeDevices', 'volumeMounts', 'workingDir'],
  gaps: {
    envFrom: 'addresses in it do not show who calls whom',
    resizePolicy: 'a change of requests starts the pod again',
  },
};

export const WORKLOAD_FIELDS: FieldTable = {
  modelled: ['replicas', 'selector', 'template', 'strategy', 'updateStrategy', 'volumeClaimTemplates', 'parallelism', 'minReadySeconds'],
  withoutEffect: ['revisionHistoryLimit', 'serviceName', 'completionMode', 'manualSelector', 'suspend', 'persistentVolumeClaimRetentionPolicy'],
  gaps: {
    activeDeadlineSeconds: 'it runs on after its deadline',
    backoffLimit: 'a job neither fails nor ends',
    backoffLimitPerIndex: 'a job neither fails nor ends',
    completions: 'a job neither fails nor ends',
    ordinals: 'replicas are counted from 1',
    paused: 'a rollout goes on',
    podFailurePolicy: 'a job neither fails nor ends',
    podManagementPolicy: 'replicas start at the same time',
    podReplacementPolicy: 'a job neither fails nor ends',
    progressDeadlineSeconds: 'a rollout is never given up',
    ttlSecondsAfterFinished: 'a job neither fails nor ends',
  },
};

export const NODE_FIELDS: FieldTable = { modelled: ['taints', 'unschedulable'], withoutEffect: ['podCIDR', 'podCIDRs', 'providerID', 'externalID'], gaps: { configSource: SPREAD_OUT } };

export const AUTOSCALER_FIELDS: FieldTable = { modelled: ['minReplicas', 'maxReplicas', 'metrics', 'behavior', 'scaleTargetRef', 'targetCPUUtilizationPercentage'], withoutEffect: [], gaps: {} };

export const BUDGET_FIELDS: FieldTable = { modelled: ['minAvailable', 'maxUnavailable', 'selector', 'unhealthyPodEvictionPolicy'], withoutEffect: [], gaps: {} };

export const SERVICE_FIELDS: FieldTable = {
  modelled: ['selector', 'type', 'externalName', 'externalIPs', 'loadBalancerIP'],
  withoutEffect: ['allocateLoadBalancerNodePorts', 'clusterIP', 'clusterIPs', 'healthCheckNodePort', 'ipFamilies', 'ipFamilyPolicy', 'loadBalancerClass', 'ports', 'publishNotReadyAddresses'],
  gaps: {
    externalTrafficPolicy: 'calls go to any replica',
    internalTrafficPolicy: 'calls go to any replica',
    loadBalancerSourceRanges: 'everybody may call',
    sessionAffinity: 'calls go to replicas in turn',
    sessionAffinityConfig: 'calls go to replicas in turn',
    trafficDistribution: 'calls go to any replica, in any zone',
  },
};

export const CLAIM_FIELDS: FieldTable = { modelled: ['volumeName'], withoutEffect: ['accessModes', 'storageClassName', 'volumeMode', 'volumeAttributesClassName'], gaps: { dataSource: 'what is on a disk is not simulated', dataSourceRef: 'what is on a disk is not simulated', resources: 'room on disks is not simulated', selector: 'a claim that waits for a volume finds one' } };

export const VOLUME_FIELDS: FieldTable = {
  modelled: ['claimRef', 'nodeAffinity'],
  withoutEffect: ['accessModes', 'persistentVolumeReclaimPolicy', 'storageClassName', 'volumeMode', 'mountOptions', 'csi', 'awsElasticBlockStore', 'gcePersistentDisk', 'azureDisk', 'azureFile', 'nfs', 'hostPath', 'local', 'iscsi', 'cephfs', 'rbd', 'volumeAttributesClassName'],
  gaps: { capacity: 'room on disks is not simulated' },
};

export const INGRESS_FIELDS: FieldTable = { modelled: ['rules', 'defaultBackend', 'backend'], withoutEffect: ['ingressClassName'], gaps: { tls: 'certificates do not expire' } };
