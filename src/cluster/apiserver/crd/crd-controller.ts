import type { KubeObject } from '../../../api/machinery/object.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import type { ServerContext } from '../context.ts';
import { customResources } from './custom-resource.ts';

const BUCKET = 'apiextensions.k8s.io/customresourcedefinitions';
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

type Crd = KubeObject & CustomResourceDefinition;

/** Serves what definitions define as soon as their names are accepted, and clears up after those that go. */
export function followDefinitions(context: ServerContext): void {
  const { store } = context;
  store.watch(BUCKET, {
    namespace: undefined,
    onChange: ({ type, object }) => {
      serve(context);
      if (type === 'DELETED') return;
      queueMicrotask(() =>
        object.metadata.deletionTimestamp ? cleanUp(context, object.metadata.name ?? '') : accept(context, object.metadata.name ?? ''),
      );
    },
  });
}

const definitions = ({ store }: ServerContext) => store.list(BUCKET) as unknown as readonly Crd[];

const isTrue = (crd: Crd, type: string): boolean => (crd.status?.conditions ?? []).some((c) => c.type === type && c.status === 'True');

function serve(context: ServerContext): void {
  const served = definitions(context).filter((crd) => isTrue(crd, 'Established'));
  context.registry.setCustom(served.flatMap((crd) => customResources(crd)));
}

/** Names that no other definition of the group has are accepted, and the definition is established. */
function accept(context: ServerContext, name: string): void {
  const { store, clock } = context;
  const crd = store.get(BUCKET, '', name) as Crd | undefined;
  if (!crd || (isTrue(crd, 'Established') && JSON.stringify(crd.status?.acceptedNames) === JSON.stringify(crd.spec.names))) return;
  const now = isoTime(clock.now());
  const rival = definitions(context).find((other) => other.metadata.name !== name && other.spec.group === crd.spec.group && clashes(other, crd));
  const condition = (type: string, ok: boolean, reason: string, message: string): CustomResourceDefinitionCondition => ({
    type,
    status: ok ? 'True' : 'False',
    lastTransitionTime: crd.status?.conditions?.find((c) => c.type === type && c.status === (ok ? 'True' : 'False'))?.lastTransitionTime ?? now,
    reason,
    message,
  });
  const conditions = rival
    ? [
        condition('NamesAccepted', false, 'KindConflict', `${JSON.stringify(crd.spec.names.kind)} is already in use`),
        condition('Established', false, 'NotAccepted', 'not all names are accepted'),
      ]
    : [
        condition('NamesAccepted', true, 'NoConflicts', 'no conflicts found'),
        condition('Established', true, 'InitialNamesAccepted', 'the initial names have been accepted'),
      ];
  if (rival && isSame(crd.status?.conditions, conditions)) return;
  const status = { ...crd.status, conditions, acceptedNames: rival ? { kind: '', plural: '' } : crd.spec.names };
  store.update(BUCKET, { ...crd, status } as KubeObject);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function clashes({ status }: Crd, { spec }: Crd): boolean {
  const taken = status?.acceptedNames;
  if (!taken) return false;
  const names = [taken.plural, taken.singular, ...(taken.shortNames ?? [])];
  return (
    taken.kind === spec.names.kind || [spec.names.plural, spec.names.singular, ...(spec.names.shortNames ?? [])].some((n) => n && names.includes(n))
  );
}

/** Deletes all objects of a definition that is going, then lets it go. */
function cleanUp(context: ServerContext, name: string): void {
  const { store, clock } = context;
  const crd = store.get(BUCKET, '', name) as Crd | undefined;
  if (!crd?.metadata.finalizers?.includes(CLEANUP)) return;
  const bucket = `${crd.spec.group}/${crd.spec.names.plural}`;
  for (const object of store.list(bucket)) {
    const { namespace = '', name: one = '', finalizers = [], deletionTimestamp } = object.metadata;
    if (finalizers.length === 0) store.delete(bucket, namespace, one);
    else if (!deletionTimestamp)
      store.update(bucket, { ...object, metadata: { ...object.metadata, deletionTimestamp: isoTime(clock.now()), deletionGracePeriodSeconds: 0 } });
  }
  if (store.list(bucket).length > 0) {
    const stop = store.watch(bucket, {
      namespace: undefined,
      onChange: ({ type }) => {
        if (type !== 'DELETED' || store.list(bucket).length > 0) return;
        stop();
        queueMicrotask(() => cleanUp(context, name));
      },
    });
    return;
  }
  const finalizers = crd.metadata.finalizers.filter((f) => f !== CLEANUP);
  if (finalizers.length === 0) store.delete(BUCKET, '', name);
  else store.update(BUCKET, { ...crd, metadata: { ...crd.metadata, finalizers } } as KubeObject);
}
