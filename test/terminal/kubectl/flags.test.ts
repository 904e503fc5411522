import { describe, expect, test } from 'vitest';
import { array, bool, int, string, strings } from '../../../src/terminal/kubectl/flags/flag.ts';
import { parseFlags } from '../../../src/terminal/kubectl/flags/parse.ts';

const specs = {
  all: bool('A', ''),
  replicas: int('', ''),
  name: string('n', ''),
  labels: strings('L', ''),
  files: array('f', ''),
  'dry-run': string('', '', { default: 'none', bare: 'unchanged' }),
};

describe('flags', () => {
  const cases: [string, string[], Record<string, unknown>, string[]][] = [
    ['values follow or are attached', ['-n', 'a', 'pods', '--replicas=3'], { name: 'a', replicas: 3 }, ['pods']],
    ['shorthands are glued', ['-Anx'], { all: true, name: 'x' }, []],
    ['shorthands take =', ['-n=x'], { name: 'x' }, []],
    ['lists split at commas and add up', ['-L', 'a,b', '-Lc'], { labels: ['a', 'b', 'c'] }, []],
    ['arrays keep commas', ['-f', 'a,b', '-f', 'c'], { files: ['a,b', 'c'] }, []],
    ['a bare flag has its own value', ['--dry-run', 'x'], { 'dry-run': 'unchanged' }, ['x']],
    ['booleans take =', ['-A=false', '--all=true'], { all: true }, []],
    ['two dashes end flags', ['x', '--', '-n'], {}, ['x', '-n']],
  ];
  test.each(cases)('%s', (_name, words, values, args) => {
    const parsed = parseFlags(specs, words);
    expect(parsed.values).toMatchObject(values);
    expect(parsed.args).toEqual(args);
  });

  const complaints: [string[], string][] = [
    [['--wat'], 'unknown flag: --wat'],
    [['-Z'], "unknown shorthand flag: 'Z' in -Z"],
    [['-AZ'], "unknown shorthand flag: 'Z' in -Z"],
    [['-n'], "flag needs an argument: 'n' in -n"],
    [['--name'], 'flag needs an argument: --name'],
    [['--=x'], 'bad flag syntax: --=x'],
    [['--replicas', 'two'], 'invalid argument "two" for "--replicas" flag: strconv.ParseInt: parsing "two": invalid syntax'],
    [['-A=maybe'], 'invalid argument "maybe" for "-A, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
  ];
  test.each(complaints)('%s', (words, message) => expect(() => parseFlags(specs, words)).toThrow(message));
});
