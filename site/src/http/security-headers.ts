// The headers that keep a page's content its own: nothing foreign is loaded, framed, sniffed or told onwards.

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * For the script of a worker that runs a paper: it has a policy of its own, that of its response, and compiles
 * WebAssembly, which no page may. It loads its own code and data sets, and nothing else.
 */
export const workerSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
].join('; ');

/**
 * Sets the security headers that a response does not carry yet.
 *
 * @param publicUrl browsers are told to insist on TLS when this installation is known by an https address.
 * @param forEveryone whether other sites may read the response: the open API.
 */
export function setSecurityHeaders(headers: Headers, publicUrl: string, forEveryone: boolean): void {
  const defaults: [string, string][] = [
    ['Content-Security-Policy', contentSecurityPolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    [
      'Permissions-Policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', forEveryone ? 'cross-origin' : 'same-origin'],
    ...(publicUrl.startsWith('https:')
      ? [['Strict-Transport-Security', 'max-age=31536000'] satisfies [string, string]]
      : []),
  ];
  for (const [name, value] of defaults) if (!headers.has(name)) headers.set(name, value);
}
