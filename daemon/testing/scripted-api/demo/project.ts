// The small project that the demo works in: the demo's edit changes these very lines. Data only; whoever starts the
// demo writes the files into an empty folder.

/** File name → content. */
export const demoProject = {
  'hello.js': `// Greets everybody on the list.
const names = ['Ada', 'Grace', 'Linus'];

function greet(name) {
  return 'Hello, ' + name + '!';
}

for (const name of names) {
  console.log(greet(name));
}
`,
  'README.md': `# A very small project

It exists so that you can try Porchlight: \`node hello.js\` greets three people.
`,
} as const;

/** What the demo's edit may do to \`hello.js\`: the first whose \`before\` is in the file is taken. There always is one. */
export const demoEdits = [
  {
    before: `  return 'Hello, ' + name + '!';`,
    after: `  const hour = new Date().getHours();
  const greeting = hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
  return \`\${greeting}, \${name}!\`;`,
    told: 'The greeting now fits the time of day.',
  },
  {
    before: `const names = ['Ada', 'Grace', 'Linus'];`,
    after: `const names = ['Ada', 'Barbara', 'Grace', 'Linus', 'Margaret'];`,
    told: 'Two more people get a greeting: Barbara and Margaret.',
  },
  {
    before: `// Greets everybody on the list.`,
    after: `// Greets everybody on the list, each by name and at the right time of day.`,
    told: 'The comment at the top now says what the program has become.',
  },
  {
    before: `// Greets everybody on the list, each by name and at the right time of day.`,
    after: `// Greets everybody on the list.`,
    told: 'The comment at the top is short again. I liked it better before.',
  },
] as const;
