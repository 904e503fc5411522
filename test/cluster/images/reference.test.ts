import { describe, expect, it } from 'vitest';
import { images } from '../../../src/cluster/images/index.ts';
import { canonicalName, parseImage } from '../../../src/cluster/images/reference.ts';
import { ImageRegistry } from '../../../src/cluster/images/registry.ts';

describe('image references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['bitnami/nginx', 'docker.io/bitnami/nginx:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['Nginx', undefined],
    ['nginx:', undefined],
    ['nginx:a b', undefined],
  ])('%s is %s', (text, want) => {
    const reference = parseImage(text);
    expect(reference && canonicalName(reference)).toBe(want);
  });
});

describe('pulling', () => {
  const registry = new ImageRegistry({ definitions: images });
  const outcome = (text: string) => {
    const result = registry.pull(text);
    return 'error' in result ? result.error : result.name;
  };
  it.each([
    ['nginx:1.27-alpine', 'docker.io/library/nginx:1.27-alpine'],
    [
      'nginx:broken',
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:broken": failed to resolve reference "docker.io/library/nginx:broken": docker.io/library/nginx:broken: not found',
    ],
    [
      'ngnix',
      'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/ngnix:latest": failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ],
  ])('%s', (text, want) => expect(outcome(text)).toBe(want));

  it('has no two images of one name', () => {
    const names = images.flatMap((image) => image.names);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
