import type { RequestInfo } from './request-info.ts';

/** How often each sort of request was answered, as /metrics tells it. */
export class RequestMetrics {
  readonly #counts = new Map<string, number>();

  count({ verb, group, version, resource, subresource, namespace, name }: RequestInfo, code: number, dryRun: boolean): void {
    const scope = name ? 'resource' : namespace ? 'namespace' : 'cluster';
    const labels = Object.entries({
      code: String(code),
      component: 'apiserver',
      dry_run: dryRun ? 'All' : '',
      group,
      resource,
      scope: resource ? scope : '',
      subresource,
      verb: verb.toUpperCase(),
      version,
    });
    const series = labels.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',');
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + 1);
  }

  lines(): string[] {
    return [
      '# HELP apiserver_request_total [STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
      '# TYPE apiserver_request_total counter',
      ...[...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([series, count]) => `apiserver_request_total{${series}} ${count}`),
    ];
  }
}
