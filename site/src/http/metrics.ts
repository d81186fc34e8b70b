// What the operator's Prometheus reads at /metrics: requests, the page cache, the database, ingest, the process.
import { countConnections, type Database, listSources } from '@offprint/catalogue';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Where the layers of the app count. */
export interface SiteMetrics {
  request(method: string, route: string | undefined, status: number, seconds: number): void;
  cache(result: 'hit' | 'miss' | 'uncacheable'): void;
  /** The current state in Prometheus' text format, and its content type. */
  expose(): Promise<{ readonly text: string; readonly contentType: string }>;
}

const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Begins to count.
 *
 * @param options.pageCache how many bytes and entries are kept right now.
 * @param options.process whether the figures of the Node process, event loop delay included, are told as well.
 */
export function createMetrics(options: {
  readonly db: Database;
  readonly pageCache: () => { readonly sizeBytes: number; readonly entries: number };
  readonly process: boolean;
}): SiteMetrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const duration = new Histogram({
    name: 'offprint_http_request_duration_seconds',
    help: 'Time from a request to its answer, by the pattern of the route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const cache = new Counter({
    name: 'offprint_page_cache_requests_total',
    help: 'Requests that the page cache answered (hit), filled itself for (miss) or could not serve.',
    labelNames: ['result'],
    registers,
  });
  const cacheBytes = new Gauge({
    name: 'offprint_page_cache_bytes',
    help: 'Bytes of kept pages.',
    registers,
  });
  const cacheEntries = new Gauge({
    name: 'offprint_page_cache_entries',
    help: 'Kept pages.',
    registers,
  });
  const connections = new Gauge({
    name: 'offprint_database_connections',
    help: 'Connections of all Offprint processes to the database, by state.',
    labelNames: ['state'],
    registers,
  });
  const databaseUp = new Gauge({
    name: 'offprint_database_up',
    help: 'Whether the database answered this scrape.',
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'offprint_ingest_last_success_timestamp_seconds',
    help: 'When a source last succeeded.',
    labelNames: ['source'],
    registers,
  });
  const lastError = new Gauge({
    name: 'offprint_ingest_last_error_timestamp_seconds',
    help: 'When a source last failed.',
    labelNames: ['source'],
    registers,
  });
  const records = new Gauge({
    name: 'offprint_ingest_last_run_records',
    help: 'Records of the latest run of a source, by what became of them.',
    labelNames: ['source', 'outcome'],
    registers,
  });

  const readDatabase = async (): Promise<void> => {
    const states = await countConnections(options.db);
    connections.reset();
    for (const row of states) connections.set({ state: row.state }, row.connections);
    for (const { name: source, lastSuccessAt, lastErrorAt, lastRun } of await listSources(options.db)) {
      if (lastSuccessAt !== null) lastSuccess.set({ source }, epochSeconds(lastSuccessAt));
      if (lastErrorAt !== null) lastError.set({ source }, epochSeconds(lastErrorAt));
      if (lastRun === null) continue;
      for (const outcome of ['fetched', 'created', 'updated', 'unchanged', 'refused'] as const)
        records.set({ source, outcome }, lastRun[outcome]);
    }
  };

  return {
    request: (method, route, status, seconds) => {
      duration.observe(
        {
          method: methods.has(method) ? method : 'other',
          route: route ?? 'none',
          status: String(status),
        },
        seconds,
      );
    },
    cache: (result) => cache.inc({ result }),
    expose: async () => {
      const kept = options.pageCache();
      cacheBytes.set(kept.sizeBytes);
      cacheEntries.set(kept.entries);
      try {
        await readDatabase();
        databaseUp.set(1);
      } catch {
        // A scrape must tell that the database is away, not fail with it.
        databaseUp.set(0);
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

const epochSeconds = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds / 1000;
