// How long the connection waits for what, in ms.

/** An answer that takes longer than this after a wake-up will not come. */
export const answerMs = 1500;
/** A command without a reply for so long puts the transport in doubt. */
export const patienceMs = 4000;
/** A connection that has said nothing for so long is asked for a sign of life. */
export const beatMs = 15_000;
/** How long an opening may take: little at first, for it may be on a connection that died unseen; more after each failure. */
export const openingMs = { first: 1500, most: 20_000 };
/** Wake-ups that come together are one; between two that do not, the network may have changed. */
export const togetherMs = 100;
/** An answer on a network that is well is there by then. */
export const soonMs = 500;
