// What a phone fetches to trust the computer for good, without being signed in: the authority's certificate in the two forms that
// phones take, and a script that does nothing, by which the page can tell whether the phone trusts it. Nothing here is secret.
import { X509Certificate } from 'node:crypto';
import express, { type Router } from 'express';
import type { Certificates } from '../ports/certificates.ts';
import { AppError } from '../protocol/errors.ts';
import { mobileconfig } from './mobileconfig.ts';

/** Mounted at /trust. Where there is no authority the downloads are not there; the page itself is the web app's. */
export function trustRoutes(certificates: Certificates): Router {
  const router = express.Router();
  const authority = () => {
    if (!certificates.authority) throw new AppError('not_found');
    return certificates.authority;
  };
  router.get('/porchlight.mobileconfig', (_request, response) => {
    response.setHeader('Content-Type', 'application/x-apple-aspen-config');
    response.end(mobileconfig(authority()));
  });
  router.get('/porchlight-ca.crt', (_request, response) => {
    const { raw } = new X509Certificate(authority().cert);
    response.setHeader('Content-Type', 'application/x-x509-ca-cert');
    response.setHeader('Content-Disposition', 'attachment; filename="porchlight-ca.crt"');
    response.end(raw);
  });
  // Browsers run service workers of a trusted origin only, so that whether this one may is the test.
  router.get('/check.js', (_request, response) => {
    response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
    response.end('// Registered and removed again by the page /trust. Does nothing.\n');
  });
  return router;
}
