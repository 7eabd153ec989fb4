import { expect, it } from 'vitest';
import { risksOf } from './risk.ts';

const cwd = '/home/ana/shop';
const risks = (tool: string, input: unknown, blockedPath: string | null = null) =>
  risksOf({ tool, input, cwd, blockedPath });

it.each([
  ['ls -la src', ['reads']],
  ['cat a.txt | grep x | wc -l', ['reads']],
  ['git status && git diff', ['reads']],
  ['touch a.txt', ['writes']],
  ['echo hi > out.txt', ['writes']],
  ['ls 2>/dev/null', ['reads']],
  ['ls 2>&1', ['reads']],
  ["sed -i 's/a/b/' x.js", ['writes']],
  ['sed -n 1,3p x.js', ['reads']],
  ['rm -rf dist', ['deletes']],
  ['sudo rm x', ['deletes']],
  ['A=1 rm x', ['deletes']],
  ['find . -name "*.tmp" -delete', ['deletes']],
  ['find . -exec rm {} \\;', ['deletes']],
  ['ls | xargs rm', ['deletes']],
  ['git clean -fd', ['deletes']],
  ['git reset --hard HEAD~1', ['deletes']],
  ['bash -c "rm -r x"', ['deletes']],
  ['echo "$(rm x)"', ['deletes']],
  ['echo `rm x`', ['deletes']],
  ['echo "rm x"', ['reads']],
  ['rm ../other', ['deletes', 'outside']],
  ['curl https://example.com', ['network']],
  ['wget x.example && rm x', ['deletes', 'network']],
  ['ssh host', ['network']],
  ['rm a && ./deploy.sh', ['deletes']],
  ['npm install left-pad', ['network']],
  ['npm test', ['runs']],
  ['git push', ['network']],
  ['cat /etc/passwd', ['outside', 'reads']],
  ['cat ~/.ssh/id_rsa', ['outside', 'reads']],
  ['cat "$HOME/.netrc"', ['outside', 'reads']],
  ['touch /home/ana/shop/a', ['writes']],
  ['touch /home/ana/shopping/a', ['outside']],
  ['touch src/../../x', ['outside']],
  ['touch src/../x', ['writes']],
  ['tool --out=/srv/x', ['outside', 'runs']],
  ['echo a >/etc/hosts', ['outside']],
  ['./deploy.sh', ['runs']],
  ['touch a; ./deploy.sh', ['runs', 'writes']],
  ['$TOOL x', ['runs']],
  ['eval "$x"', ['runs']],
  ['sudo ls', ['runs']],
  ['LD_PRELOAD=./x.so ls', ['runs']],
  ['cp a "$TARGET"', ['runs']],
  ['touch $(./where)', ['runs']],
  ['', ['runs']],
  ["echo 'unclosed", ['reads']],
])('%s', (command, expected) => {
  expect(risks('Bash', { command })).toEqual(expected);
});

it.each([
  ['Read', { file_path: '/home/ana/shop/a' }, ['reads']],
  ['Read', { file_path: '/etc/passwd' }, ['outside', 'reads']],
  ['Write', { file_path: '/home/ana/shop/a' }, ['writes']],
  ['Edit', { file_path: '/home/ana/other/a' }, ['outside']],
  ['WebFetch', { url: 'https://example.com' }, ['network']],
  ['PowerShell', { command: 'ls' }, ['runs']],
  ['mcp__tracker__close', {}, ['uses']],
  ['Write', null, ['writes']],
])('%s of %j', (tool, input, expected) => {
  expect(risks(tool, input)).toEqual(expected);
});

it('believes Claude Code about a path that it blocked', () => {
  expect(risks('Bash', { command: 'ls x' }, '/srv')).toEqual(['outside', 'reads']);
});
