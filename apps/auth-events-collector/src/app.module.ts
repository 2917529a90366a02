import { CollectorModule } from '@das/collector';
import { Module } from '@nestjs/common';
import { authEvents } from './collector';

@Module({ imports: [CollectorModule.register(authEvents)] })
export class AppModule {}
