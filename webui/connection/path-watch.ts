// While the computer cannot be reached: asks every little while whether it can be again, by a word that costs nothing and takes no
// credential, so that a try does not wait for its turn once the path is back. Never while the page is out of sight: whoever watches
// stops it then.

import { reach, Unreachable } from '../http.ts';

const pauseMs = { first: 400, last: 3000 };
/** Little by little, so that a phone that lies open beside a computer that is off does not ask twice a second for an hour. */
const slowing = 1 / 60;
const answerMs = 1000;
/** A browser keeps so many connections to one computer, but for those of its event streams. */
const keptConnections = 4;
/** A computer that answers but lets every try fail gets no more than one in so long. */
const leastMs = 400;

/** `isBack` is called at answers until the disposer is: when there was none the time before (`wasAway`), or after a while. */
export function watchPath(isBack: (wasAway: boolean) => void): () => void {
  const began = Date.now();
  let wasAway = false;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const isThere = wasAway ? await answers() : await knock();
    if (isOver) return;
    if (isThere && (wasAway || Date.now() - began >= leastMs)) isBack(wasAway);
    wasAway = !isThere;
    later();
  }

  function later(): void {
    if (isOver) return;
    const passed = Math.max(0, Date.now() - began);
    timer = setTimeout(() => void look(), Math.min(pauseMs.last, pauseMs.first + passed * slowing));
  }

  later();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/**
 * Asks on all connections that the browser keeps: those that died unseen answer nothing and are thrown away. Otherwise each of
 * them would swallow one try after the other. True as soon as one is answered.
 */
export async function knock(patienceMs = answerMs): Promise<boolean> {
  const asked = Array.from({ length: keptConnections }, () => answers(patienceMs));
  const first = asked.map(async (answer) => (await answer) || Promise.reject(new Unreachable()));
  return Promise.any(first).catch(() => false);
}

async function answers(patienceMs = answerMs): Promise<boolean> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patienceMs);
  try {
    const response = await reach('/healthz', { signal: waiting.signal });
    // Not some other machine's page of greeting.
    return response.ok && (await response.text()) === 'ok';
  } catch (error) {
    // Also when it ends in the midst of its two letters.
    if (error instanceof Unreachable || error instanceof DOMException || error instanceof TypeError)
      return false;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
