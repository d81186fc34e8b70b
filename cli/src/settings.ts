// What the operator set: the environment, read once, checked, with every default in one place.
import { resolve } from 'node:path';
import { defaultCalendar, type FeedCalendar, OffprintError } from '@offprint/catalogue';
import { z } from 'zod';

export interface Settings {
  readonly dataFolder: string;
  /** A PostgreSQL server to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Where readers find this site, without a slash at the end; in links, feeds and mails. */
  readonly publicUrl: string;
  readonly calendar: FeedCalendar;
  /** A mail or web address of the operator, told to the servers that papers are fetched from. */
  readonly contact: string;
  /** Whether the running server fetches papers by itself. */
  readonly ingest: boolean;
  /** The arXiv categories whose announcements are read. */
  readonly categories: readonly string[];
  /** A Daily Papers API whose listings are taken over. */
  readonly upstream: string | undefined;
  /** Hosts that may be fetched from although their addresses are private. */
  readonly allowHosts: readonly string[];
  readonly arxivUrls: { readonly rss: string; readonly oai: string; readonly api: string };
  /** Addresses or networks of the proxies before this server that are believed about a client's address. */
  readonly trustedProxies: readonly string[];
  /** Whether a client that asks too much is told to wait. */
  readonly rateLimit: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether this process does queued work; off where `offprint worker` runs apart. */
  readonly work: boolean;
  /** What search encodes papers with: what training adopted or else MiniLM; always MiniLM; or nothing, words alone. */
  readonly encoder: 'auto' | 'minilm' | 'off';
}

const list = z.string().transform((text) => text.split(/[,\s]+/).filter((part) => part !== ''));
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const environmentSchema = z.object({
  OFFPRINT_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must begin with postgres://')
    .refine(
      (url) => URL.canParse(url),
      'must be an address such as postgres://user:password@host:5432/name, with special characters percent-encoded',
    )
    .optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4040),
  OFFPRINT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  OFFPRINT_ZONE: z
    .string()
    .refine(isZone, 'must be a time zone such as Europe/Berlin')
    .default(defaultCalendar.zone),
  OFFPRINT_OPENS_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 21:30')
    .default(defaultCalendar.opensAt),
  OFFPRINT_CONTACT: z.string().min(3).optional(),
  OFFPRINT_INGEST: onOff.default(true),
  OFFPRINT_CATEGORIES: list.default(['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'stat.ML']),
  OFFPRINT_UPSTREAM: z.url({ protocol: /^https?$/ }).optional(),
  OFFPRINT_ALLOW_HOSTS: list.default([]),
  OFFPRINT_ARXIV_RSS: z.url().default('https://rss.arxiv.org/rss'),
  OFFPRINT_ARXIV_OAI: z.url().default('https://oaipmh.arxiv.org/oai'),
  OFFPRINT_ARXIV_API: z.url().default('https://export.arxiv.org/api/query'),
  OFFPRINT_TRUSTED_PROXIES: list.default([]),
  OFFPRINT_RATE_LIMIT: onOff.default(true),
  OFFPRINT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OFFPRINT_WORK: onOff.default(true),
  OFFPRINT_ENCODER: z.enum(['auto', 'minilm', 'off']).default('auto'),
});

function isZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the settings from the environment.
 *
 * @throws OffprintError `bad-input` that names the variable and what it must be.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  // An empty variable is an unset one.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new OffprintError(
      'bad-input',
      `The environment variable ${name} ${issue?.message.startsWith('must') ? issue.message : `is not valid: ${issue?.message}`}.`,
      { field: name },
    );
  }
  const { data } = parsed;
  const publicUrl = (
    data.OFFPRINT_PUBLIC_URL ??
    `http://${data.HOST === '127.0.0.1' || data.HOST === '0.0.0.0' ? 'localhost' : data.HOST.includes(':') ? `[${data.HOST}]` : data.HOST}:${data.PORT}`
  ).replace(/\/+$/, '');
  return {
    dataFolder: resolve(data.OFFPRINT_DATA),
    databaseUrl: data.DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    publicUrl,
    calendar: { zone: data.OFFPRINT_ZONE, opensAt: data.OFFPRINT_OPENS_AT },
    contact: data.OFFPRINT_CONTACT ?? publicUrl,
    ingest: data.OFFPRINT_INGEST,
    categories: data.OFFPRINT_CATEGORIES,
    upstream: data.OFFPRINT_UPSTREAM,
    allowHosts: data.OFFPRINT_ALLOW_HOSTS,
    arxivUrls: { rss: data.OFFPRINT_ARXIV_RSS, oai: data.OFFPRINT_ARXIV_OAI, api: data.OFFPRINT_ARXIV_API },
    trustedProxies: data.OFFPRINT_TRUSTED_PROXIES,
    rateLimit: data.OFFPRINT_RATE_LIMIT,
    logLevel: data.OFFPRINT_LOG_LEVEL,
    work: data.OFFPRINT_WORK,
    encoder: data.OFFPRINT_ENCODER,
  };
}
