export { visitsEventsV1, type VisitsEventsV1 } from '../contracts/brook_clinic/generated';
export { CHANNEL, framed, ORDER_CODECS, SEQUENCE, type OrderEvent } from './events/order-codecs';
export {
  createEventGenerator,
  eventsOf,
  generatedStream,
  type GeneratedEvent,
  type GeneratedStream,
} from './events/generator';
export { NO_TROUBLE, REALISTIC, type EventRates } from './events/rates';
export { ManualClock } from './fakes/manual-clock';
export { MemoryLog, MemorySource } from './fakes/memory-source';
export { MemorySink, type CommittedRow } from './fakes/memory-sink';
export {
  collectorEnv,
  makeKeys,
  startCollector,
  startLocalSnowpipe,
  type CollectorSource,
  type RunKeys,
} from './processes/das-processes';
export { runDas, startDas, type DasRun } from './processes/das-cli';
export { freePort } from './processes/free-port';
export { ManagedProcess } from './processes/managed-process';
export { journalRecords, type ExpectedRecord } from './oracle/expected-records';
export { kafkaRecords } from './oracle/kafka-records';
export { landingOf, type Landing } from './oracle/landing';
export { objectRecords } from './oracle/object-records';
export { recount, type Recount } from './oracle/recount';
export { makeCertificate, type TestCertificate } from './servers/certificate';
export {
  connectProducer,
  KAFKA_LIBS,
  kafkaClient,
  startKafka,
  type KafkaBroker,
} from './servers/kafka-broker';
export { startFakesnow, type Fakesnow, type FakesnowEvent } from './servers/fakesnow';
export { changes, dbtStatements, type DbtStatement } from './snowflake/dbt-statement';
export { startSnowflakeStandIn, type SnowflakeStandIn } from './snowflake/snowflake-stand-in';
export { FaultyKms, type KmsFault } from './servers/faulty-kms';
export { kinesisRecords } from './oracle/kinesis-records';
export { packAggregate, type AggregatedEvent } from './events/kpl-aggregate';
export { Kinesis, type KinesisEntry } from './servers/kinesis';
export { createLeaseTable } from './servers/lease-table';
export { awsEnv, createKmsKey, startMoto, type Moto } from './servers/moto';
export { ObjectStore } from './servers/object-store';
export { startSchemaRegistry, type NewSchema, type SchemaRegistry } from './servers/schema-registry';
export { judge, testKeys } from '@das/collector-testing';
export { silentObserver } from './fakes/silent-observer';
export { queryLake } from './oracle/query-lake';
export {
  leaveAlone,
  readOn,
  SourceReader,
  text,
  values,
  type Begin,
  type Held,
} from './source-port/source-reader';
export { sourcePortSuite, type PortLog } from './source-port/source-port-suite';
export { range, until } from './wait';
export { type PortRow, type PortWarehouse } from './warehouse-port/port-warehouse';
export { publishSnapshot } from './warehouse-port/publish-snapshot';
export { allRows, warehousePortSuite } from './warehouse-port/warehouse-port-suite';
export { FaultyEndpoint } from './chaos/faulty-endpoint';
export { runChaos, type ChaosSpan } from './chaos/run-chaos';
export { MortalHandler, mortalSink, MortalSteps, type Death } from './fakes/mortal-steps';
export { runLargeObject, type LargeObjectReport } from './large-object/run-large-object';
export { runRecovery } from './chaos/run-recovery';
export { complaints, type ChaosReport } from './chaos/report';
export { SOURCE_KINDS, type SourceKind } from './chaos/source-rig';
export { type CorpusCase } from './phi-corpus/corpus-case';
export { makeCorpus } from './phi-corpus/make-corpus';
export { measureScan, type ScanQuality } from './phi-corpus/measure-scan';
export { BronzeStream } from './bronze-world/bronze-stream';
export { openLandedLake, type LandedLake } from './lake/land-rows';
export { writeWorld } from './lake/write-world';
export { authRow, deadRow, landedRow, orderRow } from './oracle/refined/rows-by-hand';
export { compareTable } from './oracle/refined/compare-table';
export { foldRefined } from './oracle/refined/fold-refined';
export { foldHealth } from './oracle/refined/health/fold-health';
export { foldMembers } from './oracle/refined/health/fold-members';
export { foldLogistics } from './oracle/refined/logistics/fold-logistics';
export { readHealthInput, readLogisticsInput, readRefinedInput } from './oracle/refined/read-rows';
export { dbtResults, runDbt, startDbt, type DbtPlace } from './processes/dbt';
export { Random } from './events/random';
