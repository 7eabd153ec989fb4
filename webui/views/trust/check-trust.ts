// Whether this browser trusts the computer's certificate: browsers run service workers of a trusted origin only, so one that
// does nothing is registered and removed again. Asks the browser, not the daemon, which cannot know.

export type Trusted = 'yes' | 'no' | 'unknown';

const script = '/trust/check.js';

export async function checkTrust(): Promise<Trusted> {
  // Absent in private windows and in browsers inside other apps.
  if (!('serviceWorker' in navigator)) return 'unknown';
  try {
    const registration = await navigator.serviceWorker.register(asScriptUrl(script), { scope: '/trust/' });
    await registration.unregister();
    return 'yes';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return 'no';
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    // WebKit says only that the script could not be loaded; when the page itself can load it, trust is what was missing.
    return (await canLoad()) ? 'no' : 'unknown';
  }
}

async function canLoad(): Promise<boolean> {
  try {
    return (await fetch(script)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** The content security policy lets no bare string become a script's address, where the browser knows of such things. */
function asScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('trust-check', {
    createScriptURL: (wanted) => (wanted === script ? wanted : ''),
  });
  return policy?.createScriptURL(url) ?? url;
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
