export { classifyAws, type AwsService } from './classify-aws';
export { AWS_CLIENT, refuseClear } from './aws-client';
