/**
 * What becomes of each kind of the Kubernetes API. Kinds in neither table are named on the fit card as not
 * modelled all the same: nothing is passed over in silence.
 */
export const READ_KINDS: Readonly<Record<string, readonly string[]>> = {
  Node: [''],
  Pod: [''],
  Deployment: ['apps', 'extensions'],
  StatefulSet: ['apps'],
  DaemonSet: ['apps', 'extensions'],
  ReplicaSet: ['apps', 'extensions'],
  ReplicationController: [''],
  Job: ['batch'],
  HorizontalPodAutoscaler: ['autoscaling'],
  PodDisruptionBudget: ['policy'],
  PersistentVolume: [''],
  PersistentVolumeClaim: [''],
  Service: [''],
  Ingress: ['networking.k8s.io', 'extensions'],
  Namespace: [''],
  PriorityClass: ['scheduling.k8s.io'],
  PodMetrics: ['metrics.k8s.io'],
};

export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  APIService: 'of the control plane alone',
  CertificateSigningRequest: 'of the control plane alone',
  ClusterRole: 'permissions: the twin lets its operator do everything',
  ClusterRoleBinding: 'permissions: the twin lets its operator do everything',
  ComponentStatus: 'a report',
  ControllerRevision: 'history of a StatefulSet or DaemonSet',
  CustomResourceDefinition: 'a definition; its objects are listed by their own kind',
  Endpoints: 'follows from Services and pods',
  EndpointSlice: 'follows from Services and pods',
  Event: 'a report of what was',
  IngressClass: 'names who serves an Ingress',
  Lease: 'a sign of life',
  NodeMetrics: 'follows from the use of the pods',
  PodTemplate: 'only a template',
  Role: 'permissions: the twin lets its operator do everything',
  RoleBinding: 'permissions: the twin lets its operator do everything',
  RuntimeClass: 'how containers are isolated',
  ServiceAccount: 'permissions: the twin lets its operator do everything',
  StorageClass: 'volumes that exist are read themselves',
  VolumeAttachment: 'follows from pods and claims',
};

export const CONSEQUENCES: Readonly<Record<string, string>> = {
  CronJob: 'its jobs do not start in the twin',
  CSIDriver: 'how many volumes a node can attach is not checked',
  CSINode: 'how many volumes a node can attach is not checked',
  EC2NodeClass: 'nodes are taken as they are; none are ordered from this',
  HTTPRoute: 'routes of a Gateway are not followed',
  Gateway: 'routes of a Gateway are not followed',
  LimitRange: 'containers without requests keep none; a cluster would fill them in',
  MutatingWebhookConfiguration: 'pods are taken as written; a webhook may change them (sidecars)',
  NetworkPolicy: 'every service may call every other one in the twin',
  NodeClaim: 'nodes are taken as they are',
  NodePool: 'nodes are taken as they are; none are ordered from this',
  PodMonitor: 'nothing is scraped from a twin',
  PrometheusRule: 'its alerts are not evaluated',
  ResourceQuota: 'a namespace may request as much as the nodes have',
  Rollout: 'the pods it owns are read; how it rolls out is not',
  ScaledObject: 'the autoscaler it makes is read if it is in the files; its triggers are not',
  ServiceMonitor: 'nothing is scraped from a twin',
  ValidatingWebhookConfiguration: 'pods are taken as written; a webhook may refuse them',
  VerticalPodAutoscaler: 'requests stay as they are',
  VirtualService: 'retries and weights of the service mesh are not applied',
  DestinationRule: 'retries and weights of the service mesh are not applied',
};

export const UNKNOWN_KIND = 'this kind is not known here; it has no effect in the twin';
