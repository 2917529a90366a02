import type { SQSClient } from '@aws-sdk/client-sqs';
import { AWS_CLIENT, refuseClear, type AwsService } from '@das/aws';
import type { CompleteOptions } from '../options';
import { asked, clientConfig, errorName } from './ask';

const SERVICE: AwsService = {
  name: 'SQS',
  prefix: 'sqs',
  grant: 'grant sqs:GetQueueUrl, ReceiveMessage, DeleteMessage and ChangeMessageVisibility on the queue',
  errors: {
    QueueDoesNotExist: [
      'setup',
      'sqs_queue_missing',
      'the contract’s queue does not exist',
      'create it, and have the bucket tell it of new objects; or correct the queue in the contract',
    ],
  },
};

/** The longest that SQS waits for a message. */
const LONG_POLL_SECONDS = 20;
/** The most messages of one answer. */
const MOST_MESSAGES = 10;
/** A message may stay invisible for so long after it was received; a longer request is refused. */
const LONGEST_INVISIBLE_SECONDS = 43_200;

/** A notification as it was received this time. */
export interface Message {
  readonly body: string;
  readonly receipt: string;
}

/** The queue of notifications. */
export interface NotificationQueue {
  /** Waits for messages; nobody else gets them for `invisibleMs`. @throws Failure */
  receive(most: number, invisibleMs: number, signal: AbortSignal): Promise<readonly Message[]>;
  /** Nobody gets it for so long from now, 0: somebody may at once. One that is gone is no failure. @throws Failure */
  hide(message: Message, ms: number): Promise<void>;
  /** @throws Failure */
  remove(message: Message): Promise<void>;
  close(): void;
}

/** @throws Failure */
export async function openQueue(options: CompleteOptions): Promise<NotificationQueue> {
  const sdk = await import('@aws-sdk/client-sqs');
  const client: SQSClient = new sdk.SQSClient({
    ...AWS_CLIENT,
    // The endpoint that was set up is asked, such as one within a VPC, and not the host that a queue's URL names.
    useQueueUrlAsEndpoint: false,
    requestHandler: { ...AWS_CLIENT.requestHandler, requestTimeout: LONG_POLL_SECONDS * 1000 + 5_000 },
    ...(options.requestHandler !== undefined && clientConfig(options)),
  });
  client.middlewareStack.use(refuseClear);
  const { QueueUrl } = await asked(SERVICE, () =>
    client.send(new sdk.GetQueueUrlCommand({ QueueName: options.queue })),
  );
  return {
    async receive(most, invisibleMs, signal) {
      const request = new sdk.ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(most, MOST_MESSAGES),
        WaitTimeSeconds: LONG_POLL_SECONDS,
        VisibilityTimeout: secondsOf(invisibleMs),
      });
      const { Messages = [] } = await asked(SERVICE, () => client.send(request, { abortSignal: signal }));
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }));
    },
    async hide({ receipt: ReceiptHandle }, ms) {
      const request = { QueueUrl, ReceiptHandle, VisibilityTimeout: secondsOf(ms) };
      await ifThere(() => client.send(new sdk.ChangeMessageVisibilityCommand(request)));
    },
    async remove({ receipt: ReceiptHandle }) {
      await ifThere(() => client.send(new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle })));
    },
    close: () => {
      client.destroy();
    },
  };
}

function secondsOf(ms: number): number {
  return Math.min(Math.ceil(ms / 1000), LONGEST_INVISIBLE_SECONDS);
}

/** A receipt that is too old: the message is somebody else's by now, or gone. */
const NOT_OURS = new Set(['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']);

async function ifThere(request: () => Promise<unknown>): Promise<void> {
  await asked(SERVICE, async () => {
    try {
      await request();
    } catch (thrown) {
      if (!NOT_OURS.has(errorName(thrown))) throw thrown;
    }
  });
}
