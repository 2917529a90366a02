import { AWS_CLIENT, classifyAws, type AwsService } from '@das/aws';
import type { CompleteOptions } from '../options';

/** What every client of this source is made with. */
export function clientConfig({ requestHandler }: Pick<CompleteOptions, 'requestHandler'>) {
  return requestHandler === undefined ? AWS_CLIENT : { ...AWS_CLIENT, requestHandler };
}

/** The answer, or what its error means. */
export async function asked<T>(service: AwsService, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (thrown) {
    throw classifyAws(thrown, service);
  }
}

/** The name of an error of the SDK. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}
