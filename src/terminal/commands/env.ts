import { ExecError } from '../../machine/index.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

export const env = defineUtility({
  names: ['env'],
  options: 'i,ignore-environment 0,null u,unset= C,chdir= S,split-string= v,debug',
  stopAtOperand: true,
  failure: 125,
  usage: 'env [OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  async run(u) {
    const words = [...(u.options.value('S')?.split(/\s+/).filter(Boolean) ?? []), ...u.operands];
    const ignore = u.options.has('i') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const variables = new Map(ignore ? [] : u.process.env);
    for (const name of u.options.values('u')) variables.delete(name);
    for (let word = words[0]; word?.includes('=', 1); word = words[0]) {
      const equals = word.indexOf('=');
      variables.set(word.slice(0, equals), word.slice(equals + 1));
      words.shift();
    }
    const cwd = u.options.value('C');
    if (words.length === 0) {
      const end = u.options.has('0') ? '\0' : '\n';
      await u.print([...variables].map(([name, value]) => `${name}=${value}${end}`).join(''));
      return;
    }
    try {
      const child = u.process.spawn({ argv: words, env: variables, ...(cwd !== undefined && { cwd: u.process.path(cwd) }) });
      u.status = (await child.exited).code;
    } catch (error) {
      if (error instanceof ExecError) throw new Failure(`${quote(words[0] ?? '')}: ${error.message}`, { status: error.code });
      throw error;
    }
  },
});

export const printenv = defineUtility({
  names: ['printenv'],
  options: '0,null',
  failure: 2,
  async run(u) {
    const end = u.options.has('0') ? '\0' : '\n';
    if (u.operands.length === 0) return u.print([...u.process.env].map(([name, value]) => `${name}=${value}${end}`).join(''));
    for (const name of u.operands) {
      const value = u.process.env.get(name);
      if (value === undefined) u.status = 1;
      else await u.print(value + end);
    }
  },
});
