// What the stand-in for `claude` answers to a message: all of it follows from the message's id, so that the checker knows
// each reply without having heard it. Pure.

/**
 * @typedef {object} Reply
 * @property {readonly string[]} deltas The pieces of the text, in order.
 * @property {boolean} thinks
 * @property {boolean} usesTool
 * @property {boolean} asks Before the tool it asks for permission.
 * @property {number} pauseMs Between two pieces.
 */

/**
 * @param {string} messageId
 * @returns {Reply}
 */
export function replyTo(messageId) {
  const next = numbersFrom(messageId);
  const short = messageId.slice(0, 8);
  const isLong = next() < 0.4;
  const count = isLong ? 20 + Math.floor(next() * 40) : 1 + Math.floor(next() * 10);
  const usesTool = next() < 0.4;
  return {
    deltas: Array.from(
      { length: count },
      (_, n) => `${short}/${n} ${'letter '.repeat(Math.floor(next() * 12))}`,
    ),
    thinks: next() < 0.2,
    usesTool,
    asks: usesTool && next() < 0.5,
    // Deltas are gathered over some 40 ms: only what takes its time gives many, and lets others say something in between.
    pauseMs: isLong ? 8 + Math.floor(next() * 18) : next() < 0.6 ? Math.floor(next() * 12) : 0,
  };
}

/**
 * Numbers from 0 to 1 that follow from the seed (xmur3 into mulberry32).
 * @param {string} seed
 * @returns {() => number}
 */
export function numbersFrom(seed) {
  let state = 1779033703 ^ seed.length;
  for (const letter of seed) {
    state = Math.imul(state ^ letter.charCodeAt(0), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
