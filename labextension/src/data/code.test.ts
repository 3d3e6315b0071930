import { describe, expect, it } from 'vitest';
import { codeFor, isTableFile, variableOf } from './code';

describe('code for data', () => {
  it('reads a table into a DataFrame', () => {
    expect(codeFor({ uri: 'azureml:diabetes:3', name: 'diabetes', isTable: true })).toBe(
      'import jupyter_azml\n\ndiabetes = jupyter_azml.data("azureml:diabetes:3").to_pandas()\ndiabetes.head()'
    );
  });

  it('asks for a path of anything else', () => {
    const uri = 'azureml://datastores/raw/paths/images/';
    expect(codeFor({ uri, name: 'images', isTable: false })).toContain(
      `images = jupyter_azml.data("${uri}").path()`
    );
  });

  it('quotes what a name may have in it', () => {
    const code = codeFor({
      uri: 'azureml://datastores/raw/paths/a"b\\c.csv',
      name: 'a"b.csv',
      isTable: true
    });
    expect(code).toContain('jupyter_azml.data("azureml://datastores/raw/paths/a\\"b\\\\c.csv")');
  });

  it.each([
    ['train.csv', 'train'],
    ['logs/2024 sales (final).csv.gz', 'data_2024_sales_final'],
    ['Été à Paris.parquet', 'ete_a_paris'],
    ['日本語.csv', 'data'],
    ['class.csv', 'data_class'],
    ['v1.2', 'v1_2'],
    ['images/', 'images']
  ])('names the variable of %s %s', (name, variable) => {
    expect(variableOf(name)).toBe(variable);
  });

  it('knows tables by their names', () => {
    expect(['a.CSV', 'a.csv.gz', 'a.parquet', 'a.ndjson'].every(isTableFile)).toBe(true);
    expect(['a.png', 'a.txt', 'csv', 'a.csv.zip'].some(isTableFile)).toBe(false);
  });
});
