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

/** The letters whose names end in a consonant: 엘, 엠, 엔, 알. */
const LETTERS: Readonly<Record<string, string>> = { L: 'ㄹ', M: 'ㅁ', N: 'ㄴ', R: 'ㄹ' };

/** Words read otherwise than their ending says: 체크, 엑시트, 루프, 허브; 그룹, 북, 훅. */
const WORDS: Readonly<Record<string, string>> = { check: '', exit: '', loop: '', hub: '', group: 'ㅂ', book: 'ㄱ', hook: 'ㄱ', rollback: 'ㄱ' };

/** Latin endings that Korean readers close; a stop does so only after a short vowel: 맵, 시크릿, 스택, but 네트워크, 루트, 노드. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ng$/, 'ㅇ'],
  [/le?$/, 'ㄹ'],
  [/me?$/, 'ㅁ'],
  [/ne?$/, 'ㄴ'],
  [/(?:^|[^aeiou])[aeiou](?:pp?|b)$|e[ae]p$/, 'ㅂ'],
  [/(?:^|[^aeiou])[aeiou]tt?$/, 'ㅅ'],
  [/(?:^|[^aeiou])[aeiou](?:ck?|k)$/, 'ㄱ'],
];

function finalSound(word: string): string {
  const spoken = word.replace(/[^\p{L}\p{N}]+$/u, '');
  const last = spoken.at(-1);
  if (!last) return '';
  const syllable = /\d/.test(last) ? (DIGITS[Number(last)] ?? last) : last;
  const code = syllable.codePointAt(0) ?? 0;
  if (code >= 0xac00 && code <= 0xd7a3) return FINALS[(code - 0xac00) % 28] ?? '';
  return latinSound(/[A-Za-z]+$/.exec(spoken)?.[0] ?? '');
}

function latinSound(word: string): string {
  if (word === word.toUpperCase() || word.length === 1) return LETTERS[word.at(-1)?.toUpperCase() ?? ''] ?? '';
  const lower = word.toLowerCase();
  return WORDS[lower] ?? ENDINGS.find(([ending]) => ending.test(lower))?.[1] ?? '';
}
