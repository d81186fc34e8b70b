// Looks at every answer on its way out: one log line, one measurement, and no error left unanswered.
import { type Logger, loggableTarget } from './log.ts';
import type { SiteMetrics } from './metrics.ts';
import { problemOf } from './problem.ts';
import type { RequestEnvironment } from './request-environment.ts';

/** Probes of the operator's tools, which would drown the log. */
const quietRoutes = new Set(['/healthz', '/readyz', '/metrics']);

/** Writes down one answer. */
export function recordAnswer(
  logger: Logger,
  metrics: SiteMetrics,
  answered: {
    readonly method: string;
    readonly target: string;
    readonly status: number;
    readonly seconds: number;
    readonly fromMemory: boolean;
  },
  env: RequestEnvironment,
): void {
  metrics.request(answered.method, env.route, answered.status, answered.seconds);
  const failed = env.failure !== undefined;
  const level = failed ? 'error' : env.route !== undefined && quietRoutes.has(env.route) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  logger[level](
    {
      requestId: env.requestId,
      method: answered.method,
      target: loggableTarget(answered.target),
      route: env.route,
      status: answered.status,
      durationMs: Math.round(answered.seconds * 1e5) / 100,
      client: env.origin.address,
      ...(answered.fromMemory ? { fromMemory: true } : {}),
      ...(failed ? { err: env.failure } : {}),
    },
    'request',
  );
}

/** Runs `answer`, writes down how it went, and answers in its place should it throw. */
export async function observe(
  request: Request,
  env: RequestEnvironment,
  logger: Logger,
  metrics: SiteMetrics,
  answer: () => Promise<Response>,
): Promise<Response> {
  const started = performance.now();
  let response: Response;
  try {
    response = await answer();
  } catch (error) {
    env.failure = error;
    const { status, message } = problemOf(error, env.requestId);
    response = Response.json(
      { error: message },
      { status, headers: { 'Cache-Control': 'no-store', 'X-Request-Id': env.requestId } },
    );
  }
  const url = new URL(request.url);
  recordAnswer(
    logger,
    metrics,
    {
      method: request.method,
      target: url.pathname + url.search,
      status: response.status,
      seconds: (performance.now() - started) / 1000,
      fromMemory: false,
    },
    env,
  );
  return response;
}
