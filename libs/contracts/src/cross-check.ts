import { checkProduct } from './check-product';
import { checkStream } from './check-stream';
import { isProduct, isStream } from './contract-kind';
import type { Fault } from './finding';
import type { OdcsDocument } from './odcs';
import { retentionDays } from './service-level';

/** What no schema can see: that the parts of a contract agree with each other. */
export function crossCheck(document: OdcsDocument): Fault[] {
  return [...checkKind(document), ...checkServer(document), ...checkRetention(document)];
}

function checkKind(document: OdcsDocument): Fault[] {
  const path = ['customProperties'];
  const [stream, product] = [isStream(document), isProduct(document)];
  if (stream && product)
    return [{ path, message: 'das.collector and das.product are both there: a stream is no product' }];
  if (stream) return checkStream(document);
  if (product) return checkProduct(document);
  return [{ path, message: 'das.collector is missing (of a stream), or das.product (of a data product)' }];
}

function checkServer({ servers }: OdcsDocument): Fault[] {
  const snowflake = servers.find(({ type }) => type === 'snowflake');
  if (snowflake?.database !== undefined && snowflake.schema !== undefined) return [];
  return [{ path: ['servers'], message: 'a server of type snowflake with database and schema is missing' }];
}

function checkRetention(document: OdcsDocument): Fault[] {
  if (retentionDays(document) !== undefined) return [];
  return [
    {
      path: ['slaProperties'],
      message: 'a property retention with a whole number of days (unit d) is missing',
    },
  ];
}
