// Scripts to be run in the page that is looked at, the same in every engine: open whatever is folded, and tell what of hostile text has
// become more than text.

/** The body of an async function: opens all that can be opened, top to bottom, and gives how many that were. */
export const openAll = `
  const opened = new Set();
  const next = () => [...document.querySelectorAll('[aria-expanded=false]')].find((each) => !opened.has(each));
  for (let found = next(); found && opened.size < 200; found = next()) {
    opened.add(found);
    found.scrollIntoView();
    found.click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  return opened.size;
`;

/** What is wrong, one line each; nothing when all is only text. */
export const findings = `
  const wrong = [];
  const own = location.origin;
  const isOwn = (address) => ['blob:' + own, 'data:image/', own].some((start) => String(address).startsWith(start));
  if (window.__ran !== undefined) wrong.push('a script ran');
  for (const violation of window.__violations ?? []) wrong.push('the policy had to stop ' + violation);
  for (const each of document.querySelectorAll('*')) {
    const name = each.localName;
    for (const attribute of each.getAttributeNames()) if (/^on/i.test(attribute)) wrong.push(name + ' has ' + attribute);
    if (['iframe', 'object', 'embed', 'base', 'frame', 'style', 'video', 'audio', 'marquee', 'template'].includes(name) && !each.className) wrong.push('there is a ' + name);
    if (each.hasAttribute('action') || each.hasAttribute('formaction')) wrong.push(name + ' sends somewhere');
    for (const loads of ['ping', 'srcset', 'srcdoc', 'background', 'cite', 'manifest', 'poster']) if (each.hasAttribute(loads)) wrong.push(name + ' has ' + loads);
    if (['math', 'frameset', 'portal', 'picture', 'source', 'track', 'animate', 'set', 'foreignObject', 'feImage', 'image'].includes(name)) wrong.push('there is a ' + name);
    if (name === 'script' && !isOwn(each.src)) wrong.push('there is a script');
    if (name === 'link' && !isOwn(each.href)) wrong.push('a link loads ' + each.href);
    if (name === 'img' && !isOwn(each.src)) wrong.push('a picture of ' + each.src);
    if (name === 'meta' && each.httpEquiv) wrong.push('there is a meta ' + each.httpEquiv);
    const href = each.getAttribute('href') ?? each.getAttribute('xlink:href');
    if (name === 'a' && href !== null && !/^(https?:|mailto:|\\/|#)/.test(href)) wrong.push('a link to ' + href.slice(0, 80));
    if (name === 'a' && /^https?:/.test(href ?? '') && !each.rel.includes('noopener')) wrong.push('a link that keeps its opener: ' + href);
    if (/url\\(|expression/.test(each.getAttribute('style') ?? '')) wrong.push('a style that loads');
  }
  return [...new Set(wrong)].slice(0, 20);
`;

/** Before anything else in a page: whatever its policy has to stop is noted. */
export const noteViolations = `
  window.__violations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    window.__violations.push(violatedDirective + ' ' + blockedURI + ' ' + sample));
`;

/** How many of these stand in the page, as text. */
export const shownOf = (words: readonly string[]): string => `
  const plain = (text) => text.replace(/[\\s\\p{Cc}]+/gu, '');
  const all = plain([...document.querySelectorAll('body, textarea')].map((each) => each.value ?? each.textContent).join(''));
  return ${JSON.stringify(words)}.filter((each) => all.includes(plain(each))).length;
`;
