import { setMaxListeners } from 'node:events';
import { isSafeUrl } from '@das/environment';
import { Failure } from '@das/pipeline';
import type { MetadataBearer, Pluggable } from '@smithy/types';

/** Of a client: of one request, in milliseconds, and how often it is tried, with back-off. */
export const AWS_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

// The SDK would print a warning of its own between the lines of a log. It is asked for when it is first loaded.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/**
 * Makes a client (`client.middlewareStack.use(refuseClear)`) refuse to send anything in clear to elsewhere than loopback.
 * Its endpoint may come from the environment, a profile or a file, and is known only when it sends.
 */
export const refuseClear: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    stack.add(
      (next) => async (args) => {
        if (isSafeUrl(args.request as Pick<URL, 'protocol' | 'hostname'>)) return next(args);
        throw new Failure('setup', 'aws_endpoint', 'the AWS endpoint is no https URL, and not on loopback', {
          cure: 'give https in AWS_ENDPOINT_URL, or leave it empty for AWS itself',
        });
      },
      { step: 'build', name: 'refuseClear' },
    );
  },
};

/** Ends requests. As many listen to its signal as are under way, so that Node's warning from eleven on would be of no leak. */
export function requestAbort(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
