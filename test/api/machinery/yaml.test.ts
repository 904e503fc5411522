import { expect, test } from 'vitest';
import { parseYaml, parseYamlDocuments, toYaml } from '../../../src/api/machinery/yaml.ts';

/** As `kubectl create configmap … -o yaml` printed it: every quoting rule at once. */
const PRINTED = String.raw`apiVersion: v1
data:
  Z: "NO"
  a: long 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27
    28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53
    54 55 56 57 58 59 60
  aa: 'x #y'
  ab: 'x:'
  ac: "é\x01\"\\ 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25
    26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50"
  ad: "1e3"
  ae: ".5"
  af: "+1"
  ag: "0o17"
  ah: --
  ai: '---'
  aj: "~"
  ak: "12e03"
  al: "1."
  am: '-'
  an: "0b11"
  ao: "1_0.5"
  ap: |-
    a


    b
  aq: |
    a
    b
  ar: ""
  as: "-1"
  at: '#x'
  au: |-
    a  b
      c
  b: "tab\tx\nyy"
  c: 'it''s: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26
    27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52
    53 54 55 56 57 58 59 60'
  d: |2+
      lead
    x

  e: "y"
  f: "0x1F"
  g: "08"
  h: "1_000"
  i: "12:30:45"
  j: "2020-01-01"
  k: "\U0001F600 x"
  l: '- x'
  m: "one\ntwo  \n"
  "n": ' x'
  o: 'a: b'
  p: <<
  q: '"q"'
  r: ''''
  s: é
  t: |2+

  u: =
  v: .
  w: a10
  x: ?a
  z_a: "3"
  z9: "2"
  z10: "1"
kind: ConfigMap
metadata:
  creationTimestamp: null
  name: x
`;

test('what kubectl prints is read and printed alike', () => {
  expect(toYaml(parseYaml(PRINTED))).toBe(PRINTED);
});

test.each([
  ['metadata:\n  name: "x\nspec: {}\n', 'line 4: found unexpected end of stream'],
  ['a: 1\nmetadata:\n  name: x\n   labels: {}\n', 'line 4: mapping values are not allowed in this context'],
  ['a: 1\nmetadata:\n\tname: x\n', 'line 3: found character that cannot start any token'],
  ['a: 1\nmetadata:\n  name: x\n labels: {}\n', 'line 3: did not find expected key'],
  ['a: 1\nb: {name: x\nspec: {}\n', "line 2: did not find expected ',' or '}'"],
  ['a: 1\nmetadata\n  name: x\n', "line 3: could not find expected ':'"],
  ['a: 1\nspec: - a\n', 'line 2: block sequence entries are not allowed in this context'],
  ['a: b: c\n', 'mapping values are not allowed in this context'],
  ['a: *b\n', "unknown anchor 'b' referenced"],
])('%j', (given, want) => {
  expect(() => parseYaml(given)).toThrow(`error converting YAML to JSON: yaml: ${want}`);
});

test.each<[string, unknown]>([
  ['yes', true],
  ['0x1F', 31],
  ['010', 8],
  ['08', 8],
  ['12:30', '12:30'],
  ['1_000', 1000],
  ['~', null],
  ['2020-01-01', '2020-01-01'],
  ['"y"', 'y'],
  ['.5', 0.5],
])('%s is %j', (given, want) => {
  expect(parseYaml(`a: ${given}`)).toEqual({ a: want });
});

test('streams and merges', () => {
  expect(parseYamlDocuments('---\na: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(parseYaml('x: &x {a: 1}\nz: {<<: *x, b: 2}\n')).toEqual({ x: { a: 1 }, z: { a: 1, b: 2 } });
  expect(toYaml({ a: [], b: {}, c: [['x'], { d: 1, e: [1] }], f: null })).toBe('a: []\nb: {}\nc:\n- - x\n- d: 1\n  e:\n  - 1\nf: null\n');
});
