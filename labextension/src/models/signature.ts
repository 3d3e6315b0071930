import type { Model } from '../api/types';
import { asWritten, layOut, parseAsWritten } from '../ui/json';

/** One thing that a model takes or gives. */
export interface IColumn {
  name: string;
  type: string;
  isRequired: boolean;
  /** Of a tensor; -1 where it may be any number. */
  shape: number[] | null;
}

interface IStored {
  name?: unknown;
  type?: unknown;
  required?: unknown;
  'tensor-spec'?: { dtype?: unknown; shape?: unknown };
}

/** The columns of a part of MLflow's signature; empty where it says nothing that we know. */
export function columnsOf(model: Model, part: 'inputs' | 'outputs' | 'params'): IColumn[] {
  const said = model.signature[part] as unknown;
  const stored = typeof said === 'string' ? parsed(said) : said;
  return Array.isArray(stored) ? stored.filter(isObject).map(columnOf) : [];
}

const isObject = (value: unknown): value is IStored => typeof value === 'object' && value !== null;

function columnOf(stored: IStored, index: number): IColumn {
  const tensor = stored['tensor-spec'];
  return {
    name: typeof stored.name === 'string' ? stored.name : String(index),
    type: String(tensor?.dtype ?? typeText(stored.type)),
    isRequired: stored.required !== false,
    shape: Array.isArray(tensor?.shape) ? tensor.shape.map(Number) : null
  };
}

const typeText = (type: unknown): string => (typeof type === 'string' ? type : JSON.stringify(type ?? ''));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const NUMBERS = /^(long|integer|int\d*|uint\d*)$/i;
const FLOATS = /^(double|float\d*)$/i;

/** A value of a type of MLflow's, as one would type it in. */
function valueOf(type: string): unknown {
  if (NUMBERS.test(type)) {
    return 0;
  }
  if (FLOATS.test(type)) {
    return asWritten('0.0');
  }
  if (/^bool/i.test(type)) {
    return false;
  }
  return /^date/i.test(type) ? '2024-01-01T00:00:00' : 'text';
}

/** What may be sent to an endpoint that serves the model, from its signature; null where it says nothing. */
export function exampleOf(model: Model): string | null {
  const columns = columnsOf(model, 'inputs');
  if (columns.length === 0) {
    return null;
  }
  const tensor = columns.length === 1 ? columns[0].shape : null;
  if (tensor) {
    const filled = (shape: number[]): unknown =>
      shape.length === 0
        ? valueOf(columns[0].type)
        : Array.from({ length: Math.min(LONGEST, Math.max(1, shape[0])) }, () => filled(shape.slice(1)));
    return told(filled(tensor));
  }
  return told({ columns: columns.map(each => each.name), data: [columns.map(each => valueOf(each.type))] });
}

/** Numbers along one side of a tensor that are written out. */
const LONGEST = 64;

const told = (input: unknown): string => layOut({ input_data: input });

/** An example that was kept with the model, as an endpoint takes it: MLflow saves what its own server takes. */
export function exampleFrom(text: string): string | null {
  const said = parseAsWritten(text) as Record<string, unknown> | unknown[] | null;
  if (said === null || typeof said !== 'object') {
    return null;
  }
  if (Array.isArray(said)) {
    return told(said);
  }
  const split =
    said.dataframe_split ?? (Array.isArray(said.columns) && Array.isArray(said.data) ? said : null);
  if (split) {
    const { columns, data } = split as { columns?: unknown; data?: unknown };
    return told({ columns, data });
  }
  return 'input_data' in said ? layOut(said) : told(said.inputs ?? said);
}
