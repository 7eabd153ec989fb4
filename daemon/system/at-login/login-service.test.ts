import { expect, test } from 'vitest';
import { serviceName } from './login-service.ts';

test('the usual home has the plain name; every other has one of its own that tells which it is', () => {
  const nameOf = (home: string) => serviceName({ home, usualHome: '/home/ada/.porchlight' });
  expect(nameOf('/home/ada/.porchlight')).toBe('porchlight');
  expect(nameOf('/home/ada/for work')).toMatch(/^porchlight-for-work-[0-9a-f]{8}$/);
  expect(nameOf('/a/work')).not.toBe(nameOf('/b/work'));
  expect(nameOf('/灯')).toMatch(/^porchlight-[0-9a-f]{8}$/);
});
