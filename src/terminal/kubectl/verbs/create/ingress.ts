import { UsageError } from '../../errors.ts';
import { array, string } from '../../flags/flag.ts';
import { intOrString } from '../../writing/int-or-string.ts';
import { defineGenerator } from './generator.ts';

const rulePattern = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/;

export const createIngress = defineGenerator({
  name: 'ingress',
  aliases: ['ing'],
  failure: 'failed to create ingress: ',
  flags: {
    annotation: array('', 'Annotation of the ingress: key=value.'),
    class: string('', 'Ingress class.'),
    'default-backend': string('', 'Backend for everything else: service:port.'),
    rule: array('', 'host/path=service:port[,tls=secret]; a path that ends with * is a prefix.'),
  },
  help: {
    usage: 'ingress NAME --rule=host/path=service:port[,tls[=secret]] ',
    short: 'Create an ingress with the specified name',
    examples: [
      ['One path of one host', 'kubectl create ingress simple --rule="foo.com/bar=svc1:8080,tls=my-cert"'],
      ['All paths, by an ingress class', 'kubectl create ingress catch-all --class=otheringress --rule="/path=svc:port"'],
      ['A default backend', 'kubectl create ingress ingdefault --class=default --default-backend=defaultsvc:http'],
    ],
  },
  build(_kubectl, _name, { rule: rules, annotation: annotations, class: ingressClass, 'default-backend': fallback }) {
    check(rules, annotations, fallback);
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { annotations: Object.fromEntries(annotations.map((text) => splitOnce(text, '='))) },
      spec: {
        ingressClassName: ingressClass || undefined,
        defaultBackend: fallback ? backend(fallback) : undefined,
        tls: tlsOf(rules),
        rules: rulesOf(rules),
      },
    };
  },
});

function check(rules: readonly string[], annotations: readonly string[], fallback: string): void {
  if (!fallback && rules.length === 0) {
    throw new UsageError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  }
  const bad = rules.find((rule) => !rulePattern.test(rule));
  if (bad !== undefined) throw new UsageError(`rule ${bad} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const odd = annotations.find((annotation) => !annotation.includes('='));
  if (odd !== undefined) throw new UsageError(`annotation ${odd} is invalid and should be in format key=[value]`);
  if (fallback && fallback.split(':').length !== 2) throw new UsageError('default-backend should be in format servicename:serviceport');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function backend(text: string) {
  const [name = '', port = ''] = text.split(':');
  const number = intOrString(port);
  return { service: { name, port: typeof number === 'number' ? { number } : { name: number } } };
}

interface Tls {
  readonly hosts: string[];
  readonly secretName: string;
}

/** Hosts with the same secret share an entry; a host counts once. */
function tlsOf(rules: readonly string[]): Tls[] {
  const entries: Tls[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const parts = rule.split(',');
    const [host] = splitOnce(rule, '/');
    if (parts.length !== 2 || seen.has(host)) continue;
    seen.add(host);
    const secretName = (parts[1] ?? '').split('=')[1] ?? '';
    const shared = entries.find((entry) => entry.secretName === secretName);
    if (shared) shared.hosts.push(host);
    else if (host || secretName) entries.push({ hosts: host ? [host] : [], secretName });
  }
  return entries;
}

interface Rule {
  readonly host: string;
  readonly http: { readonly paths: ReturnType<typeof pathOf>[] };
}

function rulesOf(texts: readonly string[]): Rule[] {
  const rules: Rule[] = [];
  for (const text of texts) {
    const [host, path] = splitOnce(text.split(',')[0] ?? '', '/');
    const known = rules.find((rule) => rule.host === host);
    if (known) known.http.paths.push(pathOf(path));
    else rules.push({ host, http: { paths: [pathOf(path)] } });
  }
  return rules;
}

/** `cart*=cart:8080`: a star at the end makes a prefix. */
function pathOf(text: string) {
  const [tail = '', service = ''] = text.split('=');
  const prefix = tail.endsWith('*');
  return { path: `/${prefix ? tail.slice(0, -1) : tail}`, pathType: prefix ? 'Prefix' : 'Exact', backend: backend(service) };
}
