const HANGUL_LEAD = "[\\u1100-\\u115f\\ua960-\\ua97c]";
const HANGUL_VOWEL = "[\\u1160-\\u11a7\\ud7b0-\\ud7c6]";
const HANGUL_TAIL = "[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]";
const HANGUL = `${HANGUL_LEAD}*(?:[\\uac00-\\ud7a3]|${HANGUL_VOWEL})${HANGUL_VOWEL}*${HANGUL_TAIL}*|${HANGUL_LEAD}+|${HANGUL_TAIL}+`;
const EXTENDING = "[\\p{Grapheme_Extend}\\p{Emoji_Modifier}]";
const PICTOGRAPHS = `\\p{Extended_Pictographic}(?:${EXTENDING}*\\u200d\\p{Extended_Pictographic})*`;
const CONTROL = "[\\p{Cc}\\p{Zl}\\p{Zp}]";

/** One extended grapheme cluster (Unicode's annex 29) as JavaScript's `v` mode has it: Java's `\X`. */
export const GRAPHEME = `(?:\\r\\n|${CONTROL}|(?:\\p{RI}\\p{RI}|${PICTOGRAPHS}|${HANGUL}|[^\\p{Cc}\\p{Zl}\\p{Zp}])(?:${EXTENDING}|\\p{Mc}|\\u200d)*)`;
