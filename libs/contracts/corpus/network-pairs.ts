import { breaks, fits, NO_CHANGE, type Pair } from './pair';

const NETWORK = 'policies/network.yaml';
const PEOPLE = ['policies', 'people', 'allow'];

/** From where the account is reached. */
export const NETWORK_PAIRS: readonly Pair[] = [
  breaks('one more range', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) => f.add(PEOPLE, '192.0.2.0/24')),
  breaks('a wider range', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) => f.set(PEOPLE, ['198.51.100.0/23'])),
  breaks('from everywhere', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) => f.set(PEOPLE, ['0.0.0.0/0'])),
  breaks('from everywhere, in two halves', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.set(PEOPLE, ['0.0.0.0/1', '128.0.0.0/1']),
  ),
  breaks('another range of the same size', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.set(PEOPLE, ['198.51.101.0/24']),
  ),
  breaks('one address beside the range', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.add(PEOPLE, '198.51.101.0'),
  ),
  breaks('services from where people are', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.add(['policies', 'collectors', 'allow'], '198.51.100.0/24'),
  ),
  breaks('a policy for the account is one for services', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.set(['policies', 'people', 'for'], 'service'),
  ),
  breaks('a policy of the network is gone', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.drop(['policies', 'collectors']),
  ),
  breaks('a range that is none', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) => f.add(PEOPLE, 'anywhere')),
  breaks('a key of the network that nobody knows', 'GOVERNANCE_NETWORK_WIDENED', NETWORK, (f) =>
    f.set(['policies', 'people', 'bypass'], ['DATA_API']),
  ),
  fits('half of a range', 'GOVERNANCE_NETWORK_NARROWED', NETWORK, (f) =>
    f.set(PEOPLE, ['198.51.100.128/25']),
  ),
  fits('one address of a range', 'GOVERNANCE_NETWORK_NARROWED', NETWORK, (f) =>
    f.set(PEOPLE, ['198.51.100.7']),
  ),
  fits('a range in its two halves', NO_CHANGE, NETWORK, (f) =>
    f.set(PEOPLE, ['198.51.100.0/25', '198.51.100.128/25']),
  ),
  fits('a range within a range', NO_CHANGE, NETWORK, (f) => f.add(PEOPLE, '198.51.100.64/26')),
  fits('a range by an address within it', NO_CHANGE, NETWORK, (f) => f.set(PEOPLE, ['198.51.100.9/24'])),
  fits('a network is described otherwise', 'CONSUMER_TEXT_CHANGED', NETWORK, (f) =>
    f.set(['policies', 'people', 'description'], 'Offices.'),
  ),
];
