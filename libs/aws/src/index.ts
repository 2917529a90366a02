export { classifyAws, type AwsService } from './classify-aws';
export { AWS_CLIENT, refuseClear, requestAbort } from './aws-client';
