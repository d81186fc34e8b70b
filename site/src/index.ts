// The public face of the site: what the command line starts.
export { type AppOptions, createApp, type SiteApp } from './app.ts';
export { createLogger, type Logger } from './http/log.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
export type { SiteDependencies } from './site-dependencies.ts';
