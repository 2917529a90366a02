import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../usage-error';

/** What Prometheus reads to know whom to scrape (file_sd_config): the same list serves both. */
const targets = z.array(z.looseObject({ targets: z.array(z.string().min(1)) }));

/** @throws UsageError for what is no URL, or no list of targets */
export function fleetUrls(named: readonly string[], file: string | undefined): readonly string[] {
  const urls = [...named, ...(file === undefined ? [] : targetsIn(file))];
  if (urls.length === 0) throw new UsageError('no collector is named: give --url, or --targets with a file');
  const wrong = urls.findIndex((url) => !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''));
  if (wrong >= 0) throw new UsageError(`the collector number ${wrong + 1} is no http or https URL`);
  // They would be printed, and fetch takes none.
  const secret = urls.findIndex((url) => new URL(url).username !== '' || new URL(url).password !== '');
  if (secret >= 0)
    throw new UsageError(
      `the collector number ${secret + 1} has a user or a password in its URL: leave them out`,
    );
  return [...new Set(urls)];
}

function targetsIn(file: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} cannot be read as JSON: name a file of Prometheus targets`);
  }
  const read = targets.safeParse(content);
  if (!read.success)
    throw new UsageError(`${file} is no list of Prometheus targets: [{"targets": ["host:port"]}]`);
  return read.data.flatMap((group) =>
    group.targets.map((target) => (target.includes('://') ? target : `http://${target}`)),
  );
}
