import { isSafeUrl } from '@das/environment';

/** Whether events' schemas, and the credentials, may travel there: https, or http on loopback; no credentials in it. */
export function isRegistryUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username + url.password + url.search + url.hash === '' && isSafeUrl(url);
}
