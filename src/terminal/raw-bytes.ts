/**
 * Bytes that are no text inside a text: each stands as a lone surrogate (U+DC80 … U+DCFF), which no decoded text contains.
 * Every text that was made from escapes such as `\xff` goes through `rawBytes` on its way out.
 */
const FIRST = 0xdc00;
const MARKS = /[\uDC80-\uDCFF]+/gu;

export const byteMark = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : FIRST + byte);

const bytesOf = (marks: string): Uint8Array => Uint8Array.from(marks, (mark) => mark.charCodeAt(0) - FIRST);

/** A text's bytes, where it holds any that UTF-8 cannot carry; else the text itself. */
export function rawBytes(text: string): string | Uint8Array {
  if (text.search(MARKS) < 0) return text;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { 0: marks, index } of text.matchAll(MARKS)) {
    parts.push(Buffer.from(text.slice(at, index)), bytesOf(marks));
    at = index + marks.length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(at))]);
}

/** Bytes that together are UTF-8 become the text they spell. */
export const settled = (text: string): string => text.replace(MARKS, (marks) => decoded(bytesOf(marks)) ?? marks);

/** Any bytes as a text that `rawBytes` gives back unchanged. */
export const textOfBytes = (bytes: Uint8Array): string => decoded(bytes) ?? Array.from(bytes, byteMark).join('');

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
