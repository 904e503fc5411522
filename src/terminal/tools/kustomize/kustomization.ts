import type { FieldSpec } from './field-specs.ts';

/** What a kustomization.yaml may say, old names already replaced by new ones. */
export interface Kustomization {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly labels?: readonly LabelsEntry[];
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly PatchEntry[];
  readonly patches?: readonly PatchEntry[];
  readonly images: readonly ImageEntry[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  readonly replacements?: readonly (ReplacementEntry & { readonly path?: string })[];
  readonly sortOptions?: { readonly order?: string; readonly legacySortOptions?: { readonly orderFirst?: string[]; readonly orderLast?: string[] } };
  readonly configMapGenerator?: readonly GeneratorEntry[];
  readonly secretGenerator?: readonly GeneratorEntry[];
  readonly generatorOptions?: GeneratorOptions;
  readonly crds?: readonly string[];
  readonly vars?: unknown;
  readonly helmCharts?: unknown;
  readonly helmChartInflationGenerator?: unknown;
  readonly generators?: unknown;
  readonly transformers?: unknown;
  readonly validators?: unknown;
  readonly configurations?: unknown;
}

export interface LabelsEntry {
  readonly pairs?: Readonly<Record<string, string>>;
  readonly includeSelectors?: boolean;
  readonly includeTemplates?: boolean;
  readonly includeVolumeClaimTemplates?: boolean;
  readonly fields?: readonly FieldSpec[];
}

export interface TargetSelector {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface PatchEntry {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: TargetSelector;
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean };
}

export interface ImageEntry {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string | number;
  readonly tagSuffix?: string;
  readonly digest?: string;
}

export interface ReplacementOptions {
  readonly delimiter?: string;
  readonly index?: number;
  readonly create?: boolean;
}

export interface ReplacementEntry {
  readonly source?: TargetSelector & { readonly fieldPath?: string; readonly options?: ReplacementOptions };
  readonly sourceValue?: string;
  readonly targets?: readonly {
    readonly select?: TargetSelector;
    readonly reject?: readonly TargetSelector[];
    readonly fieldPaths?: readonly string[];
    readonly options?: ReplacementOptions;
  }[];
}

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface GeneratorEntry {
  readonly name?: string;
  readonly namespace?: string;
  readonly behavior?: string;
  readonly type?: string;
  readonly files?: readonly string[];
  readonly literals?: readonly string[];
  readonly env?: string;
  readonly envs?: readonly string[];
  readonly options?: GeneratorOptions;
}
