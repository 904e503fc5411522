import { expect, test } from 'vitest';
import { compileGoTemplate, executeGoTemplate, KUBECTL_FUNCTIONS } from '../../../src/api/machinery/go-template.ts';

const run = (template: string) =>
  executeGoTemplate(compileGoTemplate(template, KUBECTL_FUNCTIONS), { kind: 'Pod', n: 3, labels: { a: 'b', c: 'd' }, list: ['x', 'y'] });

test.each([
  ['{{.kind}} {{.nope}} {{.nope.x}}', 'Pod <no value> <no value>'],
  ['{{range $k,$v := .labels}}{{$k}}={{$v}};{{end}}', 'a=b;c=d;'],
  ['{{range .list}}{{.}}{{else}}none{{end}}', 'xy'],
  ['{{if eq .kind "Job"}}1{{else if gt .n 2}}2{{else}}3{{end}}', '2'],
  ['{{with .nope}}a{{else}}{{$.kind}}{{end}}', 'Pod'],
  ['{{define "T"}}<{{.}}>{{end}}{{template "T" .kind}}', '<Pod>'],
  ['{{printf "%-5s|%03d|%v" .kind .n .labels}}', 'Pod  |003|map[a:b c:d]'],
  ['{{index .list 1}}{{len .list}}{{.kind | len}}', 'y23'],
  ['a {{- /* c */ -}} b', 'ab'],
  ['{{$x := 0}}{{range .list}}{{$x = .}}{{end}}{{$x}}', 'y'],
  ['{{exists .labels "a"}} {{base64decode "YQ=="}}', 'true a'],
])('%s', (template, want) => {
  expect(run(template)).toBe(want);
});

test.each([
  ['{{.kind', 'template: output:1: unclosed action'],
  ['{{foo}}', 'template: output:1: function "foo" not defined'],
  ['{{range .list}}', 'template: output:1: unexpected EOF'],
  ['{{end}}', 'template: output:1: unexpected {{end}}'],
  ['{{$y}}', 'template: output:1: undefined variable "$y"'],
  ['{{index .list 9}}', 'template: output:1:2: executing "output" at <index .list 9>: error calling index: index out of range: 9'],
  ['{{.kind.x}}', 'template: output:1:7: executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}'],
  ['{{eq 1 "a"}}', 'template: output:1:2: executing "output" at <eq 1 "a">: error calling eq: incompatible types for comparison'],
])('%s is refused', (template, want) => {
  expect(() => run(template)).toThrow(want);
});
