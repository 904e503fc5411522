import { parseDuration } from './duration.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

export const sleep = defineUtility({
  names: ['sleep'],
  usage: 'sleep NUMBER[SUFFIX]...',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    let total = 0;
    for (const word of u.operands) {
      const ms = parseDuration(word);
      if (ms === undefined) throw new Failure(`invalid time interval ${quote(word)}`, { usage: true });
      total += ms;
    }
    await u.process.sleep(Math.min(total, 3_155_760_000_000));
  },
});
