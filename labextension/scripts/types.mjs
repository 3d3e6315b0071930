// Writes src/api/types.ts from the OpenAPI document, which `python -m jupyter_azml.server.openapi` prints.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const source = new URL('../../jupyter_azml/server/openapi.json', import.meta.url);
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

// The server sends every field, also those that have a default, and needs no such; and every definition is wanted.
function complete({ title, $defs }) {
  const properties = {};
  for (const [name, definition] of Object.entries($defs)) {
    properties[name] = { $ref: `#/$defs/${name}` };
    if (definition.properties && !asked.has(name)) definition.required = Object.keys(definition.properties);
  }
  return { title, $defs, type: 'object', properties, required: Object.keys(properties) };
}

const text = (await readFile(source, 'utf8')).replaceAll('#/components/schemas/', '#/$defs/');
const { paths, components } = JSON.parse(text);
const bodies = Object.values(paths)
  .flatMap(Object.values)
  .map(({ requestBody }) => requestBody?.content);
const named = bodies.map(content => content?.['application/json']?.schema?.$ref?.split('/').pop());
const asked = new Set(named.filter(name => name?.endsWith('Request') || name?.endsWith('Change')));
const schema = complete(untitled({ title: 'AzmlEntities', $defs: components.schemas }, true));
const types = await compile(schema, schema.title, {
  bannerComment:
    '/* Generated from the OpenAPI document by `npm run types`: change the entities in Python, not this file. */\n/* eslint-disable */',
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
