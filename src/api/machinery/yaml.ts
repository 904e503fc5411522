export { parseYaml, parseYamlDocuments, splitYamlDocuments, YamlError } from './yaml-parse.ts';
export { toYaml } from './yaml-print.ts';
