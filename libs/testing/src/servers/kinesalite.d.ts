/** Written for what is used of it: it has no types of its own. */
declare module 'kinesalite' {
  import type { Server } from 'node:http';

  export default function kinesalite(options?: {
    readonly createStreamMs?: number;
    readonly deleteStreamMs?: number;
    readonly updateStreamMs?: number;
    readonly shardLimit?: number;
  }): Server;
}

declare module 'kinesalite/db' {
  interface Records {
    createReadStream: (range: object) => unknown;
  }
  interface Store {
    getStreamDb: (name: string) => Records;
  }
  const db: { create: (options: object) => Store };
  export default db;
}
