/** Sections of CPT Category I (American Medical Association) by their ranges of codes. */
const CPT = [
  ['00100', '01999', 'anesthesia'],
  ['10004', '69990', 'surgery'],
  ['70010', '79999', 'radiology'],
  ['80047', '89398', 'laboratory'],
  ['90281', '99199', 'medicine'],
  ['99202', '99499', 'evaluation'],
  ['99500', '99607', 'medicine'],
] as const;

/** What the last letter of a CPT code says that it is: performance measures, emerging technology, laboratory. */
const CPT_SUFFIX: Readonly<Record<string, string>> = { F: 'category-2', T: 'category-3', U: 'laboratory' };

/** Level II of HCPCS (CMS): a letter, which is the section, and four digits. */
const HCPCS = /^([A-V])\d{4}$/;
/** ICD-10-PCS (CMS): seven characters without I and O; the first is the section. */
const PCS = /^([0-9BCDFGHX])[0-9A-HJ-NP-Z]{6}$/;

/** `71046` to `cpt:radiology`, `J1885` to `hcpcs:J`, `0DTJ4ZZ` to `icd-10-pcs:0`; undefined for no such code. */
export function sectionOfProcedure(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (/^\d{5}$/.test(code)) {
    const section = CPT.find(([first, last]) => first <= code && code <= last)?.[2];
    return section === undefined ? undefined : `cpt:${section}`;
  }
  const suffix = /^\d{4}([FTU])$/.exec(code)?.[1];
  if (suffix !== undefined) return `cpt:${CPT_SUFFIX[suffix]}`;
  const letter = HCPCS.exec(code)?.[1];
  if (letter !== undefined) return `hcpcs:${letter}`;
  const section = PCS.exec(code)?.[1];
  return section === undefined ? undefined : `icd-10-pcs:${section}`;
}
