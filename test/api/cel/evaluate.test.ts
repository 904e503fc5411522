import { describe, expect, test } from 'vitest';
import { CelError, compile, DYN, fromJson, toJson } from '../../../src/api/cel/index.ts';

const OBJECT = { spec: { replicas: 3, names: ['b', 'a'], free: {}, when: '2026-01-02T03:04:05Z' }, metadata: { labels: { 'a/b': 'x' } } };

const cases: readonly (readonly [string, unknown])[] = [
  ['1 + 2 * 3 - 4 / 2', 5],
  ['-7 % 3', -1],
  ['1.5 * 2.0', 3],
  ['2u + 3u == 5u', true],
  ['1 < 1.5 && 2u > 1', true],
  ["'a' + \"b\" + '''c'''", 'abc'],
  [String.raw`'\u00e9\n' == "é\n"`, true],
  [String.raw`r'\d' == '\\d'`, true],
  ["b'ab' == bytes('ab')", true],
  ['[1, 2] + [3]', [1, 2, 3]],
  ["{'a': 1, 'b': [true, null]}", { a: 1, b: [true, null] }],
  ["'a' in {'a': 1} && 2 in [1, 2] && !(3 in [1])", true],
  ['true ? 1 : 2', 1],
  ['object.spec.replicas >= 3', true],
  ['has(object.spec.replicas) && !has(object.spec.nope)', true],
  ["object.metadata.labels['a/b']", 'x'],
  ["object.?spec.?nope.orValue('none')", 'none'],
  ["object.spec[?'replicas'].hasValue()", true],
  ['optional.of(1).optMap(x, x + 1).value()', 2],
  ['[?optional.none(), ?optional.of(2)]', [2]],
  ["object.spec.names.all(n, n.size() == 1) && object.spec.names.exists(n, n == 'a')", true],
  ['[1, 2, 3].exists_one(x, x > 2)', true],
  ['[1, 2, 3].map(x, x > 1, x * 2)', [4, 6]],
  ['[1, 2, 3].filter(x, x != 2)', [1, 3]],
  ["{'a': 1, 'b': 2}.all(k, v, v > 0)", true],
  ["['x', 'y'].transformList(i, v, string(i) + v)", ['0x', '1y']],
  ['[1, 0].exists(x, 1 / x == 1)', true],
  ['cel.bind(x, 5, x * x)', 25],
  ["'Hello'.lowerAscii() + 'x'.upperAscii()", 'helloX'],
  ["'a,b,c'.split(',', 2)", ['a', 'b,c']],
  ["['a', 'b'].join('-')", 'a-b'],
  ["'hello'.replace('l', 'L', 1)", 'heLlo'],
  ["'hello'.substring(1, 3) + 'hello'.charAt(4)", 'elo'],
  ["'hello'.indexOf('l') + 'hello'.lastIndexOf('l')", 5],
  ["' x '.trim()", 'x'],
  ["'%s has %d of %.2f'.format(['a', 2, 1.5])", 'a has 2 of 1.50'],
  ["'%s'.format([{'b': [1, 2]}])", '{b: [1, 2]}'],
  ["'abc123'.matches('^[a-z]+[0-9]+$')", true],
  ["'Abc-D'.matches('(?i)^[a-c]+-d$')", true],
  ["'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(?i)^(a+)+$')", false],
  ["'a1b22'.find('[0-9]+') + 'a1b22'.findAll('[0-9]+').join('/')", '11/22'],
  ['[1, 2, 3].isSorted() && [3, 1].min() == 1 && [3, 1].max() == 3 && [1, 2].sum() == 3', true],
  ['[1, 2, 1].indexOf(1) + [1, 2, 1].lastIndexOf(1)', 2],
  ["quantity('1Gi').isGreaterThan(quantity('1000Mi')) && isQuantity('5m') && !isQuantity('x')", true],
  ["string(quantity('1').add(quantity('500m')).compareTo(quantity('1500m')))", '0'],
  ["cidr('10.0.0.0/8').containsIP('10.1.2.3') && ip('::1').family() == 6 && isIP('1.2.3.4')", true],
  ["url('https://a.b:80/c?d=e').getHost() + url('https://a.b:80/c?d=e').getEscapedPath()", 'a.b:80/c'],
  ["duration('1h30m') > duration('80m') && string(duration('90s')) == '90s'", true],
  ["timestamp(object.spec.when).getFullYear() == 2026 && timestamp('2026-01-01T00:00:00Z') < timestamp(object.spec.when)", true],
  ["timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z') == duration('24h')", true],
  ["type(1) == int && type('x') != int && type(null) == null_type", true],
  ["int('12') + int(3.9)", 15],
  ['string(1.0) + string(true)', '1true'],
  ['math.greatest(1, 5)', 5],
  ["sets.contains(['a', 'b'], ['a'])", true],
  ['"x" == "x" // said twice', true],
];

const lookup = (name: string) => (name === 'object' ? fromJson(OBJECT) : undefined);

describe('expressions', () => {
  test.each(cases)('%s', (source, want) => {
    const { program, problem } = compile(source, { variables: { object: DYN } });
    expect(problem).toBeUndefined();
    expect(program && toJson(program.run(lookup))).toEqual(want);
  });
});

const failures: readonly (readonly [string, string])[] = [
  ['object.spec.nope', 'no such key: nope'],
  ['[1][2]', 'index out of bounds: 2'],
  ['1 / 0', 'division by zero'],
  ['9223372036854775807 + 1', 'integer overflow'],
  ["object.spec.replicas + 'x' == ''", 'no such overload'],
  ["int('x') == 1", "type conversion error from 'string' to 'int'"],
  ['lists.range(100000).map(x, lists.range(100000)).size() > 0', 'operation cancelled: actual cost limit exceeded'],
  ["'a'.matches('(?=a)')", 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
  ['optional.none().value()', 'optional.none() dereference'],
  ['lists.range(2000).all(x, lists.range(2000).all(y, x + y >= 0))', 'operation cancelled: actual cost limit exceeded'],
];

describe('failures', () => {
  test.each(failures)('%s', (source, want) => {
    const { program } = compile(source, { variables: { object: DYN } });
    expect(() => program?.run(lookup)).toThrow(new CelError(want));
  });
});

const problems: readonly (readonly [string, string])[] = [
  ['nosuch.field == 1', "ERROR: <input>:1:1: undeclared reference to 'nosuch' (in container '')\n | nosuch.field == 1\n | ^"],
  ["1 + 'a'", "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + 'a'\n | ..^"],
  [
    "'a'.startsWith(1)",
    "ERROR: <input>:1:15: found no matching overload for 'startsWith' applied to 'string.(int)'\n | 'a'.startsWith(1)\n | ..............^",
  ],
  ['frob(1)', "ERROR: <input>:1:5: undeclared reference to 'frob' (in container '')\n | frob(1)\n | ....^"],
  [
    '1.all(x, true)',
    "ERROR: <input>:1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | 1.all(x, true)\n | ^",
  ],
  ['[1].all(1, true)', 'ERROR: <input>:1:9: argument must be a simple name\n | [1].all(1, true)\n | ........^'],
  [
    '1 +',
    "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 1 +\n | ...^",
  ],
  ['1 2', "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^"],
  [
    'object.spec.containers.size( > 1',
    "ERROR: <input>:1:30: Syntax error: extraneous input '>' expecting {'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | object.spec.containers.size( > 1\n | .............................^\nERROR: <input>:1:33: Syntax error: missing ')' at '<EOF>'\n | object.spec.containers.size( > 1\n | ................................^",
  ],
];

test('long chains and deep nests are refused, not fatal', () => {
  const compiled = (source: string) => compile(source, { variables: {} }).problem ?? 'compiled';
  expect(compiled(Array(5000).fill('1').join(' + '))).toContain('expression recursion limit exceeded: 250');
  expect(compiled(`${'('.repeat(400)}1${')'.repeat(400)}`)).toContain('expression recursion limit exceeded: 250');
  expect(compiled(Array(500).fill('true').join(' && '))).toBe('compiled');
});

describe('compilation problems', () => {
  test.each(problems)('%s', (source, want) => {
    expect(compile(source, { variables: { object: DYN } }).problem).toBe(`compilation failed: ${want}`);
  });
});
