import type { Ingress } from '../../api/schema/generated/types.ts';
import { defineAdmission } from './admission-plugin.ts';
import { newestDefault } from './default-storage-class.ts';

const ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

export const defaultIngressClass = defineAdmission({
  name: 'DefaultIngressClass',
  operations: ['CREATE'],
  resources: ['ingresses.networking.k8s.io'],
  mutate: (object, _request, view) => {
    const spec = (object as unknown as Ingress).spec ?? {};
    if (spec.ingressClassName !== undefined || object.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined) return object;
    const name = newestDefault(view.list('networking.k8s.io', 'ingressclasses'), ANNOTATION)?.metadata.name;
    return name ? { ...object, spec: { ...spec, ingressClassName: name } } : object;
  },
});
