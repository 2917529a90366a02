export { Random } from '@das/collector-testing';
