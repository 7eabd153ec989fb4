// Finds the uses that rules speak about, by their look in the source: `process.env`, `.innerHTML`, `setTimeout()`,
// `new Date()`, `Date()`, `shell: true`. Follows no variables: an alias is not seen.
import { type Expression, type MemberExpression, type Program, type PropertyKey, Visitor } from 'oxc-parser';
import type { Use } from './source-file.ts';

const globalObjects = ['globalThis', 'window', 'self', 'global'];

export function usesIn(program: Program, lineOf: (offset: number) => number): Use[] {
  const found: Use[] = [];
  const add = (at: number, use: string) => found.push({ use, line: lineOf(at) });
  new Visitor({
    MemberExpression(member) {
      const name = propertyOf(member);
      if (name === undefined) return;
      add(member.property.start, `.${name}`);
      if (member.object.type === 'Identifier') add(member.start, `${member.object.name}.${name}`);
    },
    CallExpression({ start, callee }) {
      const name = globalName(callee);
      if (name !== undefined) add(start, `${name}()`);
    },
    NewExpression({ start, callee, arguments: given }) {
      const name = globalName(callee);
      if (name !== undefined && given.length === 0) add(start, `new ${name}()`);
    },
    VariableDeclarator({ start, id, init }) {
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return;
      for (const property of id.properties) {
        const name = property.type === 'Property' ? keyName(property.key) : undefined;
        if (name !== undefined) add(start, `${init.name}.${name}`);
      }
    },
    Property({ start, key, value }) {
      const name = keyName(key);
      if (name === undefined) return;
      add(start, `.${name}`);
      if (value.type === 'Literal' && value.value === true) add(start, `${name}: true`);
    },
    JSXAttribute({ start, name }) {
      if (name.type === 'JSXIdentifier') add(start, `.${name.name}`);
    },
  }).visit(program);
  return found;
}

function globalName(callee: Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  return globalObjects.includes(callee.object.name) ? propertyOf(callee) : undefined;
}

function propertyOf({ property, computed }: MemberExpression): string | undefined {
  if (property.type === 'Literal') return typeof property.value === 'string' ? property.value : undefined;
  return property.type === 'Identifier' && !computed ? property.name : undefined;
}

function keyName(key: PropertyKey): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}
