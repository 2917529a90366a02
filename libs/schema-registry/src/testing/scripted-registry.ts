import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedAnswer {
  readonly status: number;
  readonly body: string;
}

/** A registry on loopback that says what a test wants, and remembers what it was asked. */
export class ScriptedRegistry {
  readonly asked: string[] = [];
  readonly authorisations: (string | undefined)[] = [];
  private readonly answers = new Map<string, ScriptedAnswer>();
  /** What it answers to everything, while it is set; `hang up` ends the connection. */
  trouble: ScriptedAnswer | 'hang up' | undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ScriptedRegistry> {
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      registry.asked.push(path);
      registry.authorisations.push(request.headers.authorization);
      if (registry.trouble === 'hang up') {
        request.socket.destroy();
        return;
      }
      const notFound = { status: 404, body: '{"error_code":40403,"message":"a-secret"}' };
      const { status, body } = registry.trouble ?? registry.answers.get(path) ?? notFound;
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const registry = new ScriptedRegistry(server, `http://127.0.0.1:${port}/base/`);
    return registry;
  }

  /** The schema of an id. */
  register(id: number, schema: unknown, more: object = {}): void {
    this.answer(`/schemas/ids/${id}`, schema, more);
  }

  /** A version that schemas refer to. */
  registerVersion(subject: string, version: number, schema: unknown, more: object = {}): void {
    this.answer(`/subjects/${subject}/versions/${version}?deleted=true`, schema, more);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string, schema: unknown, more: object): void {
    const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
    this.answers.set(`/base${path}`, { status: 200, body: JSON.stringify({ schema: text, ...more }) });
  }
}
