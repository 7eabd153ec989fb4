// The long texts of the demo: the welcome and the markdown tour. Words only; which words lead to them is said in demo-scripts.ts.

export const welcome = `Hello, and welcome! 👋

This is the **Porchlight demo**. A real \`claude\` runs on this computer, but what I say is written in advance, so you need no account and nothing leaves the machine. Everything around my words is the real thing: streaming, tools, permissions, questions.

Try one of these, in your own words:

| Say | and you see |
|---|---|
| **think** | my thoughts first, then the answer |
| **run something** | a command and its output |
| **create a file** | a permission request: you decide |
| **edit the file** | a change in \`hello.js\`, as a diff |
| **question** | me asking *you* |
| **plan** | a plan that waits for your approval |
| **todo** | a list of steps that ticks itself off |
| **agent** | a second Claude that does part of the work |
| **error** | a busy server, and how it recovers |
| **markdown** | everything a message can look like |

While I write you can stop me, close the page, or open it on another device: the answer carries on.`;

export const markdownTour = `# A tour of markdown

A paragraph with **bold**, *italic*, ***both***, ~~struck out~~ and \`inline code\`, and a link to [the Markdown guide](https://www.markdownguide.org/basic-syntax/).
A second line of the same paragraph, with a hard break at its end.\\
This is the line after the break.

## Lists

1. First, a numbered step
2. Then one with parts:
   - a part with \`code\`
   - a part with parts of its own
     - three levels deep
     - and still readable
3. Last, a step that is long enough to wrap on a phone, so that you can see whether the second line starts under the first.

- [x] a task that is done
- [ ] a task that is not

## A table

| Language | First seen | Typed | Known for |
|:---|---:|:---:|---|
| Fortran | 1957 | yes | numbers, still |
| Lisp | 1958 | no | parentheses, and being right early |
| C | 1972 | yes | everything underneath |
| JavaScript | 1995 | no | this page |

## Code

\`\`\`ts
// TypeScript
interface Lamp { readonly room: string; isOn: boolean }
const lit = (lamps: readonly Lamp[]) => lamps.filter((lamp) => lamp.isOn).map((lamp) => lamp.room);
\`\`\`

\`\`\`python
# Python
def fibonacci(n: int) -> list[int]:
    a, b, found = 0, 1, []
    while len(found) < n:
        found.append(a)
        a, b = b, a + b
    return found
\`\`\`

\`\`\`bash
# A shell, with a line that is wider than any phone: it scrolls by itself and the page does not
find . -name '*.js' -not -path './node_modules/*' -print0 | xargs -0 wc -l | sort --numeric-sort --reverse | head --lines=20
\`\`\`

\`\`\`json
{ "name": "porchlight", "light": "on", "rooms": ["kitchen", "porch"], "since": 1879 }
\`\`\`

\`\`\`diff
- Good night
+ Good morning
\`\`\`

\`\`\`
No language: plain text,
    with its spaces kept.
\`\`\`

## Quotes

> The light on the porch is for whoever comes home late.
>
> > A quote in a quote, for letters that answer letters.

---

### Odds and ends

Special characters stay as they are: 5 < 6 & 7 > 2, "quotes", 100 %, a\\*b. Emoji too: 🏮 🦉 ✅. <b>Tags are not obeyed</b>, they are shown.

An address with a long name that must not push the page wide: \`/home/ada/projects/a-rather-long-folder-name/another-long-folder-name/and-at-last/the-file.config.json\`.

That was the tour.`;
