import type { ApiRequest, ApiResponse } from '../../../api/client/transport.ts';
import { schemaData } from '../../../api/schema/data.ts';
import { hash } from '../../../clock/index.ts';
import type { ServerContext } from '../context.ts';
import { groupsOf } from '../discovery/discovery.ts';
import { jsonResponse, notFoundPage } from '../responses.ts';
import { CUSTOM_ROOTS, customSchemas } from './custom.ts';
import { pathsOf } from './paths.ts';
import { allDefinitions, definitionsOf, schemasFrom } from './schemas.ts';

export const isOpenApiPath = (path: string): boolean => path.startsWith('/openapi/');

/** /openapi/v2 as one document; /openapi/v3 as an index of one document for each group and version. */
export function openApi(context: ServerContext, _request: ApiRequest, path: string): ApiResponse {
  if (path === '/openapi/v2') return jsonResponse(documentV2(context));
  if (path === '/openapi/v3') return jsonResponse({ paths: index(context) });
  const root = path.replace('/openapi/v3/', '');
  const [, group = '', version = ''] = root.startsWith('apis/') ? root.split('/') : ['', '', root.split('/')[1]];
  return documentV3(context, group, version) ?? notFoundPage();
}

function index({ registry }: ServerContext): Record<string, { serverRelativeURL: string }> {
  const roots = groupsOf(registry.all()).flatMap(({ group, versions }) => versions.map((v) => (group ? `apis/${group}/${v}` : `api/${v}`)));
  return Object.fromEntries(
    roots.map((root) => {
      const stamp = hash(`${root} ${registry.generation}`).toString(16).padStart(8, '0').toUpperCase();
      return [root, { serverRelativeURL: `/openapi/v3/${root}?hash=${stamp.repeat(16)}` }];
    }),
  );
}

const info = (version: string) => ({ title: 'Kubernetes', version });

const metaTexts = (): Readonly<Record<string, string>> =>
  schemaData<Readonly<Record<string, Readonly<Record<string, string>>>>>('descriptions')['io.k8s.api.core.v1.Pod'] ?? {};

function documentV3(context: ServerContext, group: string, version: string): ApiResponse | undefined {
  const resources = context.registry.all().filter((r) => r.group === group && r.version === version);
  if (resources.length === 0) return undefined;
  const prefix = '#/components/schemas/';
  const custom = customSchemas(context, resources, prefix, metaTexts());
  const roots = [...definitionsOf(group, version), ...(Object.keys(custom).length > 0 ? CUSTOM_ROOTS : [])];
  const schemas = { ...schemasFrom(roots, prefix), ...custom };
  return jsonResponse({ openapi: '3.0.0', info: info(context.version), paths: pathsOf(resources, true), components: { schemas } });
}

function documentV2(context: ServerContext) {
  const prefix = '#/definitions/';
  const resources = context.registry.all();
  const definitions = { ...schemasFrom(allDefinitions(), prefix), ...customSchemas(context, resources, prefix, metaTexts()) };
  return { swagger: '2.0', info: info(context.version), paths: pathsOf(resources, false), definitions };
}
