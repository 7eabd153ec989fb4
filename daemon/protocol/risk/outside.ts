// Whether a path, as it is written in a command or a tool's input, leaves the project. Pure text work: links are not followed.

/** Where a program may write without a file being touched. */
const nowhere = /^\/dev\/(null|std(in|out|err)|tty|fd\/\d+)$/;

export function isOutside(path: string, cwd: string): boolean {
  if (nowhere.test(path)) return false;
  if (/^(~|\$HOME\b|\$\{HOME\}|%USERPROFILE%)/.test(path)) return true;
  const root = partsOf(cwd);
  const parts = isAbsolute(path) ? partsOf(path) : [...root, ...partsOf(path)];
  const walked: string[] = [];
  for (const part of parts) {
    if (part === '..') walked.pop();
    else walked.push(part);
  }
  return root.some((part, index) => walked[index] !== part);
}

export function isAbsolute(path: string): boolean {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path);
}

function partsOf(path: string): string[] {
  return path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
}
