// The headers of every answer. No HSTS: on a LAN name it would lock out every other port of that host.
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Nothing that a page could use of the phone. */
export const permissionsPolicy = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

export function securityHeaders(): RequestHandler {
  const own = ["'self'"];
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': own,
        'style-src': own,
        'img-src': [...own, 'blob:', 'data:'],
        'font-src': own,
        'connect-src': own,
        'manifest-src': own,
        'worker-src': own,
        // Of its own pages, the empty one that holds a preview: see frame-page.ts.
        'frame-src': own,
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'object-src': ["'none'"],
        'require-trusted-types-for': ["'script'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    response.setHeader('Cache-Control', 'no-store');
    protect(request, response, next);
  };
}
