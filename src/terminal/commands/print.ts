import { defineCommand } from '../define-command.ts';
import { rawBytes } from '../raw-bytes.ts';
import { formatPrintf } from './printf-format.ts';
import { defineUtility } from './utility.ts';

export const printf = defineCommand({
  names: ['printf'],
  async run(process) {
    const args = process.argv.slice(1);
    if (args[0] === '--') args.shift();
    const [format, ...values] = args;
    if (format === undefined) {
      await process.error("printf: missing operand\nTry 'printf --help' for more information.\n");
      return 1;
    }
    const { text, problems } = formatPrintf(format, values);
    await process.stdout.write(rawBytes(text));
    for (const problem of problems) await process.error(`printf: ${problem}\n`);
    return problems.length > 0 ? 1 : 0;
  },
});

export const yes = defineUtility({
  names: ['yes'],
  stopAtOperand: true,
  async run(u) {
    const line = `${u.operands.length > 0 ? u.operands.join(' ') : 'y'}\n`;
    const block = line.repeat(Math.max(1, Math.floor(8192 / line.length)));
    for (;;) {
      await u.print(block);
      await u.process.breathe();
    }
  },
});
