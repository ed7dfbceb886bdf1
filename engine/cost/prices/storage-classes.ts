/** Object storage by class: what keeping, moving and reading costs, and how long an object is paid at least. Public price lists of S3 in us-east-1 and Cloud Storage in us-central1. */
export type StorageClass = {
  readonly name: string;
  readonly microUsdPerGibMonth: number;
  /** Paid for at least so long. */
  readonly daysMin: number;
  readonly retrievalMicroUsdPerGib: number;
  /** Moving a thousand objects into it. */
  readonly transitionMicroUsdPerThousand: number;
};

const storageClass = (name: string, gibMonth: number, daysMin: number, retrievalGib: number, transitionThousand: number): StorageClass => ({
  name,
  microUsdPerGibMonth: Math.round(gibMonth * 1e6),
  daysMin,
  retrievalMicroUsdPerGib: Math.round(retrievalGib * 1e6),
  transitionMicroUsdPerThousand: Math.round(transitionThousand * 1e6),
});

export const STORAGE_CLASSES: readonly StorageClass[] = [
  storageClass('s3-standard', 0.023, 0, 0, 0),
  storageClass('s3-standard-ia', 0.0125, 30, 0.01, 0.01),
  storageClass('s3-glacier-ir', 0.004, 90, 0.03, 0.02),
  storageClass('s3-glacier', 0.0036, 90, 0.01, 0.03),
  storageClass('s3-deep-archive', 0.00099, 180, 0.02, 0.05),
  storageClass('gcs-standard', 0.02, 0, 0, 0),
  storageClass('gcs-nearline', 0.01, 30, 0.01, 0.01),
  storageClass('gcs-coldline', 0.004, 90, 0.02, 0.02),
  storageClass('gcs-archive', 0.0012, 365, 0.05, 0.05),
];
