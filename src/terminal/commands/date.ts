import { FileError } from '../../machine/index.ts';
import { parseDate } from './date-parse.ts';
import { chomp, lines, openInput } from './input.ts';
import { quote, quoteIfNeeded } from './quoting.ts';
import { strftime } from './strftime.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};

export const date = defineUtility({
  names: ['date'],
  options: 'd,date= debug f,file= I,iso-8601? R,rfc-email rfc-3339= r,reference= s,set= u,utc,universal',
  usage: 'date [OPTION]... [+FORMAT]',
  async run(u) {
    const format = chooseFormat(u);
    const file = u.options.value('f');
    if (file !== undefined) {
      for await (const line of lines(openInput(u.process, file))) await show(u, format, chomp(line));
      return;
    }
    if (u.options.has('s')) throw new Failure('cannot set date: Operation not permitted');
    const reference = u.options.value('r');
    if (reference !== undefined) return u.print(`${strftime(format, referenceTime(u, reference))}\n`);
    await show(u, format, u.options.value('d') ?? 'now');
  },
});

async function show(u: Invocation, format: string, text: string): Promise<void> {
  const instant = parseDate(text, u.process.clock.now());
  if (instant === undefined) await u.complain(`invalid date ${quote(text)}`);
  else await u.print(`${strftime(format, instant)}\n`);
}

function referenceTime(u: Invocation, name: string): number {
  try {
    return u.files.stat(u.process.path(name)).mtime;
  } catch (error) {
    if (error instanceof FileError) throw new Failure(`${quoteIfNeeded(name)}: ${error.message}`);
    throw error;
  }
}

function chooseFormat({ options, operands }: Invocation): string {
  const [operand, extra] = operands;
  if (extra !== undefined) throw new Failure(`extra operand ${quote(extra)}`, { usage: true });
  if (operand?.startsWith('+')) return operand.slice(1);
  if (operand !== undefined) throw new Failure(`invalid date ${quote(operand)}`);
  if (options.has('I')) return ISO[options.value('I') ?? 'date'] ?? '%Y-%m-%d';
  if (options.has('R')) return '%a, %d %b %Y %H:%M:%S +0000';
  const rfc = options.value('rfc-3339');
  if (rfc) return rfc === 'date' ? '%Y-%m-%d' : `%Y-%m-%d %H:%M:%S${rfc === 'ns' ? '.%N' : ''}%:z`;
  return '%a %b %e %H:%M:%S %Z %Y';
}
