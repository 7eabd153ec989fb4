// What is recorded by record-transcripts.ts: the messages sent, one turn each, and how permission requests are answered.

interface Scenario {
  readonly messages: readonly string[];
  readonly answer: 'allow' | 'deny';
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  'text-and-thinking': { messages: ['[[text Good evening.]]', '[[think]]'], answer: 'allow' },
  'tools-allowed': {
    messages: ['[[bash touch a.txt]]', '[[write b.txt]]', '[[edit b.txt]]', '[[read b.txt]]'],
    answer: 'allow',
  },
  'tools-denied': { messages: ['[[bash touch a.txt]]', '[[write b.txt]]'], answer: 'deny' },
  'several-at-once': { messages: ['[[multi]]', '[[tasks]]'], answer: 'allow' },
  subagent: { messages: ['[[task]]'], answer: 'allow' },
  retries: { messages: ['[[e529 1]]', '[[cut 1]]'], answer: 'allow' },
  refusals: { messages: ['[[e400]]', '[[refuse]]', '[[maxtok]]', '[[toolong]]'], answer: 'allow' },
  commands: { messages: ['/context', '/compact', '[[text After all that.]]'], answer: 'allow' },
};
