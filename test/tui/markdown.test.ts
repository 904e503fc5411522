import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { namesIn, renderMarkdown } from '../../src/tui/markdown.ts';

test('paragraphs are joined and wrapped, lists hang, code keeps its lines', () => {
  const source = 'In namespace `orion` a\nDeployment fails.\n\n- First thing\n  that is long\n- Second\n\n```\nkind: Pod\n  a: b\n```\n';
  expect(renderMarkdown(source, 20).map(stripVTControlCharacters)).toEqual([
    'In namespace orion a',
    'Deployment fails.',
    '',
    '• First thing that',
    '  is long',
    '• Second',
    '',
    '  kind: Pod',
    '    a: b',
  ]);
});

test('names are found once each', () => expect(namesIn('`a` and `b`, then `a`')).toEqual(['a', 'b']));
