import { sourcePortSuite } from '../source-port/source-port-suite';
import { MemoryLog, MemorySource } from './memory-source';

let timer: NodeJS.Timeout | undefined;

afterEach(() => {
  clearInterval(timer);
});

sourcePortSuite('the fake', async () => {
  const log = new MemoryLog();
  const instances: MemorySource[] = [];
  // What a broker does by itself: it hands a free partition out, and answers fetches.
  timer = setInterval(() => {
    for (const source of instances) {
      if (log.owner === undefined) source.take();
      source.poll(7);
    }
  }, 1);
  return Promise.resolve({
    append: async (values) => {
      for (const value of values) log.append(value);
      return Promise.resolve();
    },
    instance: () => {
      const source = new MemorySource(log);
      instances.push(source);
      return source;
    },
  });
});
