/** Labels and the selectors of the Kubernetes API, with the field names of the API. */
export type Labels = Readonly<Record<string, string>>;

export type SelectorRequirement = {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | null;
};

export type LabelSelector = {
  readonly matchLabels?: Labels | null;
  readonly matchExpressions?: readonly SelectorRequirement[] | null;
};

export type NodeSelectorTerm = {
  readonly matchExpressions?: readonly SelectorRequirement[] | null;
  readonly matchFields?: readonly SelectorRequirement[] | null;
};

export type NodeSelector = { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] | null };

/** The value of a label, or undefined; a label named like a method of every object is only a label. */
export const labelOf = (labels: Labels, key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
