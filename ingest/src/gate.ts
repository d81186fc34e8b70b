// The gate of a host as ingest passes through it: one request at a time, a pause after each, in every process alike.
import { claimGate, type Database, type GateLease, moveGate, OffprintError } from '@offprint/catalogue';

export interface Pause {
  /** Keeps the gate shut this long from now once the request is over, if that is longer than the usual pause. */
  shutForMs(durationMs: number): void;
}

export interface Gate {
  /**
   * Waits for the gate of a host, runs `work` while it is shut for all others, and opens it `intervalMs` after
   * the request began, or when it is over if that is later.
   *
   * @throws OffprintError `unavailable` when the host has asked for a pause longer than `patienceMs`.
   */
  pass<T>(
    host: string,
    intervalMs: number,
    signal: AbortSignal,
    work: (pause: Pause) => Promise<T>,
  ): Promise<T>;
}

export interface GateSettings {
  /** How long the claim of a killed process stays shut. Claims of live ones are renewed three times as often. */
  readonly leaseMs: number;
  /** The longest wait for an open gate. */
  readonly patienceMs: number;
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
}

async function claim(
  db: Database,
  host: string,
  settings: GateSettings,
  signal: AbortSignal,
): Promise<GateLease> {
  for (;;) {
    signal.throwIfAborted();
    const answer = await claimGate(db, host, settings.leaseMs);
    if ('lease' in answer) return answer.lease;
    if (answer.waitMs > settings.patienceMs)
      throw new OffprintError(
        'unavailable',
        `${host} asked not to be called for another ${Math.ceil(answer.waitMs / 1000)} s: try again then.`,
      );
    // Others wait as well: nobody sleeps past the opening for long, and nobody asks the database all the time.
    await settings.sleep(Math.min(Math.max(answer.waitMs, 5), 1_000), signal);
  }
}

/** The gate that all processes on one database share. */
export function databaseGate(db: Database, settings: GateSettings): Gate {
  // Within the process callers queue up here, so that only the first of them asks the database.
  const queues = new Map<string, Promise<unknown>>();

  async function passAlone<T>(
    host: string,
    intervalMs: number,
    signal: AbortSignal,
    work: (pause: Pause) => Promise<T>,
  ): Promise<T> {
    let lease: GateLease | undefined = await claim(db, host, settings, signal);
    const startedAt = performance.now();
    let shutForMs = 0;
    let renewing: Promise<void> = Promise.resolve();
    const renewal = setInterval(() => {
      renewing = renewing.then(async () => {
        if (lease !== undefined)
          lease = (await moveGate(db, lease, settings.leaseMs).catch(() => lease)) ?? undefined;
      });
    }, settings.leaseMs / 3);
    try {
      return await work({
        shutForMs(durationMs) {
          shutForMs = Math.max(shutForMs, durationMs);
        },
      });
    } finally {
      clearInterval(renewal);
      await renewing;
      const rest = Math.max(0, intervalMs - (performance.now() - startedAt), shutForMs);
      if (lease !== undefined) await moveGate(db, lease, rest);
    }
  }

  return {
    async pass(host, intervalMs, signal, work) {
      const turn = (queues.get(host) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => passAlone(host, intervalMs, signal, work));
      queues.set(host, turn);
      try {
        return await turn;
      } finally {
        if (queues.get(host) === turn) queues.delete(host);
      }
    },
  };
}
