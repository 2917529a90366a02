import { shipmentsEventsV1 } from '@contracts/brook-logistics';
import type { AuditRow, BronzeRow } from '../bronze-row';
import { expectedDeadLetters } from '../dead-letters';
import type { ExpectedTable } from '../expected-table';
import { landedEvents } from '../landed-events';
import { expectedCarrierPerformance } from './carrier-performance';
import { expectedDeliveryPromise } from './delivery-promise';
import { expectedShipments, foldShipments } from './shipments';
import { expectedShipmentsEvents, shipmentEvent } from './shipments-events';

/** Everything of BROOK_LOGISTICS that is refined. */
export interface LogisticsInput {
  readonly shipments: readonly BronzeRow[];
  readonly audit: readonly AuditRow[];
}

/** What SILVER, GOLD and OPS.DEAD_LETTERS of BROOK_LOGISTICS should hold, as `foldRefined` says it of BROOK_COMMERCE. */
export function foldLogistics({ shipments, audit }: LogisticsInput): readonly ExpectedTable[] {
  const events = landedEvents(shipments).map(shipmentEvent);
  const folded = foldShipments(events);
  return [
    expectedShipmentsEvents(events),
    expectedShipments(folded),
    expectedCarrierPerformance(folded),
    expectedDeliveryPromise(folded),
    expectedDeadLetters(new Map([[shipmentsEventsV1.stream, shipments]]), audit),
  ];
}
