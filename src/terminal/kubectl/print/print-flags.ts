import { array, bool, string } from '../flags/flag.ts';

/** Output flags of commands that print objects. */
export const printFlags = {
  'allow-missing-template-keys': bool('', 'Ignore template keys that an object lacks.', { default: true }),
  output: string(
    'o',
    'Output format: json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file.',
    {
      values: [
        'json',
        'yaml',
        'kyaml',
        'name',
        'go-template',
        'go-template-file',
        'template',
        'templatefile',
        'jsonpath',
        'jsonpath-as-json',
        'jsonpath-file',
      ],
    },
  ),
  'show-managed-fields': bool('', 'Keep managedFields when printing JSON or YAML.'),
  template: string('', 'Template text, or template file, for the go-template formats.'),
};

export const fileFlags = {
  filename: array('f', 'File, folder or URL with the resources; - is standard input.'),
  kustomize: string('k', 'Folder with a kustomization.'),
  recursive: bool('R', 'Look into subfolders of -f.'),
};

export const selectorFlag = { selector: string('l', "Label selector: '=', '==', '!=', 'in', 'notin'.") };
