// Ids that this device makes for its messages: UUIDv7, so that their order is the order of sending.
// Within one millisecond a counter keeps the order; a clock that goes back does not.

let lastTime = 0;
let counter = 0;

/** Later calls give greater ids, compared as text. */
export function newClientId(now: number = Date.now()): string {
  counter = now > lastTime ? 0 : counter + 1;
  lastTime = Math.max(lastTime, now);
  if (counter > 0xfff) {
    lastTime += 1;
    counter = 0;
  }
  const time = lastTime.toString(16).padStart(12, '0');
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const sequence = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
