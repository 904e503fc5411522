/**
 * Korean particles change with the sound before them: 을/를, 이/가, 은/는, 과/와, 으로/로. Hangul is decided by its final consonant;
 * Latin words and numbers by how they are read aloud.
 */
const PAIRS = { '을/를': ['을', '를'], '이/가': ['이', '가'], '은/는': ['은', '는'], '과/와': ['과', '와'], '으로/로': ['으로', '로'] } as const;

export type Josa = keyof typeof PAIRS;

export const josa = (word: string, particle: Josa): string => {
  const [closed, open] = PAIRS[particle];
  const final = finalSound(word);
  if (particle === '으로/로' && final === 'ㄹ') return word + open;
  return word + (final ? closed : open);
};

const DIGITS = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const FINALS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

/** Latin endings that Korean readers pronounce with a closed syllable. */
const CLOSED_LATIN: readonly (readonly [RegExp, string])[] = [
  [/(?:[aeiou]l|le|ll|rl|al)$/i, 'ㄹ'],
  [/(?:[mM]|me|am|em|im|om|um)$/, 'ㅁ'],
  [/(?:n|ne|on|ain)$/i, 'ㄴ'],
  [/(?:ng)$/i, 'ㅇ'],
  [/(?:[aeiou](?:p|b|ck|k|t|c)|oc|et|ot)$/i, 'ㄱ'],
];

function finalSound(word: string): string {
  const last = word.replace(/[^\p{L}\p{N}]+$/u, '').at(-1);
  if (!last) return '';
  const syllable = /\d/.test(last) ? (DIGITS[Number(last)] ?? last) : last;
  const code = syllable.codePointAt(0) ?? 0;
  if (code >= 0xac00 && code <= 0xd7a3) return FINALS[(code - 0xac00) % 28] ?? '';
  const latin = /[A-Za-z]+$/.exec(word.replace(/[^\p{L}\p{N}]+$/u, ''))?.[0] ?? '';
  return CLOSED_LATIN.find(([ending]) => ending.test(latin))?.[1] ?? '';
}
