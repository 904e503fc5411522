export { parseYaml, parseYamlDocuments, splitYamlDocuments } from './yaml-parse.ts';
export { toYaml } from './yaml-print.ts';
