export const DAY_SECONDS = 86_400;

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationSeconds(text: string): number {
  const match = DURATION.exec(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
