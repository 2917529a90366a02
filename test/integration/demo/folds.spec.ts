import * as commerce from '@contracts/brook-commerce';
import * as health from '@contracts/brook-health';
import { Folds } from '../../../scripts/demo/folds';

/** By hand, from the words of the contracts. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  orders_events_v1: ['ORDERS: ORDER_ID = order_id'],
  auth_events_v1: ['SESSIONS: SESSION_ID = session_id'],
  claims_files_v1: ['CLAIMS: CLAIM_ID = claim_id'],
  consents_events_v1: ['PATIENT_CONSENTS: PATIENT_ID = patient_mrn, PURPOSE = purpose'],
  encounters_events_v1: ['ENCOUNTERS: ENCOUNTER_ID = encounter_id', 'PATIENTS: PATIENT_ID = patient.mrn'],
};

it('finds the tables of GOLD that have a row for each thing that events of a stream name', () => {
  const folds = new Folds();
  const found = [commerce, health].flatMap(({ STREAMS, PRODUCTS }) =>
    STREAMS.map((contract) => [
      contract.stream,
      folds
        .of(contract, PRODUCTS)
        .map(
          ({ table, key }) =>
            `${table}: ${key.map(({ column, path }) => `${column} = ${path.join('.')}`).join(', ')}`,
        ),
    ]),
  );
  expect(Object.fromEntries(found)).toEqual(EXPECTED);
});
