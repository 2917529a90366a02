import { runCollector } from '@das/collector';
import { AppModule } from './app.module';

void runCollector(AppModule);
