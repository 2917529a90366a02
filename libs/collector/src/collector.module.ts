import { systemClock, type Failure } from '@das/pipeline';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule, PinoLogger } from 'nestjs-pino';
import { readConfig, type CollectorConfig } from './config';
import { createIngest } from './create-ingest';
import type { CollectorDeclaration } from './declaration';
import { FatalExit } from './fatal-exit';
import { AboutController } from './about.controller';
import { AdminController } from './admin.controller';
import { LateIngest, type IngestHost } from './late-ingest';
import { HealthController } from './health.controller';
import { logSetup } from './log-observer';
import { loggerOptions } from './logger-options';
import { IngestStrategy } from './ingest-strategy';
import { CollectorMetrics } from './metrics';
import { NotFoundFilter } from './not-found.filter';
import { MetricsController } from './metrics.controller';
import { CONFIG, DECLARATION, INGEST } from './tokens';

/** Everything that a collector shares with every other one. */
@Module({})
export class CollectorModule {
  static register(declaration: CollectorDeclaration): DynamicModule {
    const [contract] = declaration.contracts;
    const labels = {
      collector: declaration.name,
      stream: contract.stream,
      contract_version: contract.version,
    };
    const config: DynamicModule = {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useFactory: () => readConfig(process.env, contract.source) }],
      exports: [CONFIG],
    };
    return {
      module: CollectorModule,
      imports: [
        config,
        TerminusModule.forRoot({ errorLogStyle: 'json', logger: false }),
        LoggerModule.forRootAsync({
          imports: [config],
          inject: [CONFIG],
          useFactory: ({ LOG_LEVEL }: CollectorConfig) => ({
            pinoHttp: loggerOptions(LOG_LEVEL, labels),
          }),
        }),
      ],
      controllers: [AboutController, HealthController, MetricsController, AdminController],
      providers: [
        FatalExit,
        { provide: APP_FILTER, useClass: NotFoundFilter },
        { provide: DECLARATION, useValue: declaration },
        {
          provide: CollectorMetrics,
          useFactory: () =>
            new CollectorMetrics(labels, contract.source.kind === 's3' ? 'objects' : undefined),
        },
        {
          provide: INGEST,
          inject: [CONFIG, CollectorMetrics, PinoLogger, FatalExit],
          useFactory: (
            settings: CollectorConfig,
            metrics: CollectorMetrics,
            { logger }: PinoLogger,
            exit: FatalExit,
          ): IngestHost => {
            const onFatal = (failure: Failure): void => {
              exit.because(failure);
            };
            const ingest = new LateIngest({
              create: (onEnd) =>
                createIngest({ declaration, config: settings, metrics, logger, onFatal, onEnd }),
              clock: systemClock,
              retryMs: settings.DAS_SETUP_RETRY_SECONDS * 1000,
              onSetup: logSetup(logger),
              onFatal,
            });
            metrics.ready.show(() => ingest.health());
            return ingest;
          },
        },
        {
          provide: IngestStrategy,
          inject: [INGEST, CollectorMetrics, PinoLogger, CONFIG],
          useFactory: (
            ingest: IngestHost,
            metrics: CollectorMetrics,
            { logger }: PinoLogger,
            settings: CollectorConfig,
          ) => new IngestStrategy(ingest, metrics, logger, settings.DAS_DRAIN_SECONDS * 1000),
        },
      ],
    };
  }
}

@Module({})
class ConfigModule {}
