// Writes src/api/types.ts from src/api/schema.json, which `python -m jupyter_azml.server.schema` prints.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const source = new URL('../src/api/schema.json', import.meta.url);
const target = new URL('../src/api/types.ts', import.meta.url);

// Without a title of their own, fields would each get a type of their own: drop what pydantic adds to them.
function untitled(node, isEntity = false) {
  if (Array.isArray(node)) return node.map(item => untitled(item));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => isEntity || key !== 'title' || typeof value !== 'string')
      .map(([key, value]) => [
        key,
        key === '$defs'
          ? Object.fromEntries(Object.entries(value).map(([name, def]) => [name, untitled(def, true)]))
          : untitled(value)
      ])
  );
}

// The server sends every field, also those that have a default; and every definition is wanted, used or not.
function complete({ title, $defs }) {
  const properties = {};
  for (const [name, definition] of Object.entries($defs)) {
    properties[name] = { $ref: `#/$defs/${name}` };
    if (definition.properties) definition.required = Object.keys(definition.properties);
  }
  return { title, $defs, type: 'object', properties, required: Object.keys(properties) };
}

const schema = complete(untitled(JSON.parse(await readFile(source, 'utf8')), true));
const types = await compile(schema, schema.title, {
  bannerComment:
    '/* Generated from schema.json by `npm run types`: change the entities in Python, not this file. */\n/* eslint-disable */',
  additionalProperties: false,
  style: { singleQuote: true, trailingComma: 'none', printWidth: 110 }
});
const name = target.pathname.split('/').slice(-3).join('/');
if (!process.argv.includes('--check')) {
  await writeFile(target, types);
  console.log(`wrote ${name}`);
} else if (types !== (await readFile(target, 'utf8'))) {
  console.error(`${name} is stale: run make fix`);
  process.exitCode = 1;
}
