// For `node --import`: a computer whose clock is wrong. Shifts Date (not the monotonic clock, which no setting of the clock
// moves) by the ms that stand in the file PORCHLIGHT_TEST_CLOCK; SIGUSR2 reads it again, as when somebody sets the clock.
import { readFileSync } from 'node:fs';

const TrueDate = Date;
let shift = 0;
const read = () => {
  shift = Number(readFileSync(process.env['PORCHLIGHT_TEST_CLOCK'] ?? '', 'utf8'));
};
read();
process.on('SIGUSR2', read);

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [TrueDate.now() + shift] : args, made),
  apply: () => new TrueDate(TrueDate.now() + shift).toString(),
  get: (target, name, self) =>
    name === 'now' ? () => TrueDate.now() + shift : Reflect.get(target, name, self),
});
