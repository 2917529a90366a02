/** What a sticky expression matches at an index. */
export function matchAt(form: RegExp, text: string, start: number): string | undefined {
  form.lastIndex = start;
  return form.exec(text)?.[0];
}

export function isDigit(mark: string | undefined): boolean {
  return mark !== undefined && mark >= '0' && mark <= '9';
}
