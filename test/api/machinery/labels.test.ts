import { expect, test } from 'vitest';
import { formatFieldSelector, parseFieldSelector } from '../../../src/api/machinery/fields.ts';
import { parseSelector } from '../../../src/api/machinery/label-parser.ts';
import { formatLabelSelector, formatSelector, matchesLabels, selects } from '../../../src/api/machinery/labels.ts';

test.each([
  ['app=web', 'app=web', true],
  ['tier in (db, front),app', 'app,tier in (db,front)', true],
  ['!legacy', '!legacy', true],
  ['app!=web', 'app!=web', false],
  ['app notin (web)', 'app notin (web)', false],
  ['app==web', 'app==web', true],
  ['n>4,n<6', 'n>4,n<6', true],
  ['x=', 'x=', false],
  ['', '', true],
])('%s', (given, shown, matches) => {
  const selector = parseSelector(given);
  expect(formatSelector(selector)).toBe(shown);
  expect(matchesLabels(selector, { app: 'web', tier: 'front', n: '5' })).toBe(matches);
});

test.each([
  ['app in web', "unable to parse requirement: found 'web' expected: '('"],
  ['a,', "found '', expected: identifier after ','"],
  ['=b', "found '=', expected: !, identifier, or 'end of string'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
])('%s is refused', (given, want) => {
  expect(() => parseSelector(given)).toThrow(want);
});

test('selectors of objects', () => {
  const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['b', 'a'] }] };
  expect(formatLabelSelector(selector)).toBe('app=web,tier in (a,b)');
  expect(formatLabelSelector({})).toBe('<none>');
  expect(selects(undefined, {})).toBe(false);
  expect(selects({}, {})).toBe(true);
});

test('field selectors', () => {
  expect(formatFieldSelector(parseFieldSelector('status.phase!=Running,metadata.name==web'))).toBe('metadata.name=web,status.phase!=Running');
  expect(() => parseFieldSelector('nonsense')).toThrow("invalid selector: 'nonsense'; can't understand 'nonsense'");
});
