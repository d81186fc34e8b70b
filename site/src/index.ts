// The public face of the site: what the command line starts.
export type { AppOptions, SiteApp } from './app.ts';
export { builtAssetsFolder } from './http/assets.ts';
export { createLogger, type Logger } from './http/log.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
export { createSite } from './site.ts';
export type { SiteDependencies } from './site-dependencies.ts';
