import { expect, it } from 'vitest';
import { unknownCertificate } from '../../../daemon/protocol/certificate.ts';
import { certificateWords } from './certificate-words.ts';

const names = ['study.example.net'];
it.each([
  ['Encrypted; your phone warned once', 'selfSigned', '192.168.1.4', 'no'],
  ['Encrypted; your phone warned once', 'selfSigned', '192.168.1.4', 'yes'],
  ['Encrypted; your phone warned once', 'trusted', '192.168.1.4', 'no'],
  ['Encrypted; your phone warned once', 'trusted', '192.168.1.4', 'unknown'],
  ['Trusted on this phone', 'trusted', '192.168.1.4', 'yes'],
  ['Your own certificate', 'own', 'study.example.net', 'unknown'],
  ['Encrypted; your phone warned once', 'own', '192.168.1.4', 'no'],
] as const)('%s: %s at %s, where the browser says %s', (title, level, host, trusted) => {
  const facts = { ...unknownCertificate, level, names: level === 'own' ? names : [] };
  expect(certificateWords(facts, { host, trusted }).title).toBe(title);
});
