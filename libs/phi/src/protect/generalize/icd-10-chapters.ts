/**
 * The chapters of ICD-10-CM by the first and last category of each (CMS and NCHS, "ICD-10-CM Official Guidelines for
 * Coding and Reporting", fiscal year 2025). The ranges are also what a chapter is called.
 */
const CHAPTERS = [
  ['A00', 'B99'],
  ['C00', 'D49'],
  ['D50', 'D89'],
  ['E00', 'E89'],
  ['F01', 'F99'],
  ['G00', 'G99'],
  ['H00', 'H59'],
  ['H60', 'H95'],
  ['I00', 'I99'],
  ['J00', 'J99'],
  ['K00', 'K95'],
  ['L00', 'L99'],
  ['M00', 'M99'],
  ['N00', 'N99'],
  ['O00', 'O9A'],
  ['P00', 'P96'],
  ['Q00', 'Q99'],
  ['R00', 'R99'],
  ['S00', 'T88'],
  ['U00', 'U85'],
  ['V00', 'Y99'],
  ['Z00', 'Z99'],
] as const;

/** A category of three characters, and what may follow it, with or without the dot. */
const CODE = /^([A-Z]\d[0-9A-Z])(?:\.?[0-9A-Z]{1,4})?$/;

/** `E11.9` to `E00-E89`; undefined for what is no code of ICD-10-CM. */
export function chapterOfDiagnosis(text: string): string | undefined {
  const category = CODE.exec(text.trim().toUpperCase())?.[1];
  if (category === undefined) return undefined;
  const chapter = CHAPTERS.find(([first, last]) => first <= category && category <= last);
  return chapter?.join('-');
}
