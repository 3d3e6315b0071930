import { ServerConnection } from '@jupyterlab/services';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Trial } from './trial';

const model = {
  name: 'churn',
  version: '3',
  path: 'azureml://datastores/workspaceblobstore/paths/models/churn/3/model',
  input_example: '',
  signature: { inputs: [{ name: 'age', type: 'long' }] }
};
let preview: { kind: string; text: string; is_text_cut: boolean };
let asked: string[];
let trial: Trial;
let answers: () => Promise<Response>;

beforeEach(() => {
  asked = [];
  preview = {
    kind: 'text',
    text: '{"dataframe_split": {"columns": ["age"], "data": [[41]]}}',
    is_text_cut: false
  };
  const request = async (path: string, options?: { query?: { path?: string } }) => {
    asked.push(options?.query?.path ?? path);
    return path === 'preview' ? preview : model;
  };
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/',
    fetch: () => answers()
  } as never);
  trial = new Trial(request as never, settings, 'churn', 'en');
});

describe('a request that is tried', () => {
  it('begins with what the model takes', async () => {
    await trial.suggest('azureml:churn:3');
    expect(JSON.parse(trial.body)).toEqual({ input_data: { columns: ['age'], data: [[0]] } });
    expect(trial.origin).toBe('signature');
  });

  it('begins with the example that was kept with the model, where there is one', async () => {
    model.input_example = 'model/input_example.json';
    await trial.suggest('azureml:churn:3');
    model.input_example = '';
    expect(asked).toContain(
      'azureml://datastores/workspaceblobstore/paths/models/churn/3/model/input_example.json'
    );
    expect(JSON.parse(trial.body)).toEqual({ input_data: { columns: ['age'], data: [[41]] } });
  });

  it('leaves alone what somebody typed', async () => {
    trial.set({ body: '[1]' });
    await trial.suggest('azureml:churn:3');
    expect(trial.body).toBe('[1]');
  });

  it('shows what the model answers, good or bad, and how long it took', async () => {
    answers = async () =>
      new Response('[0.25]', {
        status: 200,
        headers: { 'azureml-model-deployment': 'blue', 'azml-seconds': '0.012' }
      });
    await trial.send();
    expect(trial.answer).toMatchObject({ status: 200, text: '[0.25]', deployment: 'blue', served: 12 });
    answers = async () => new Response('boom', { status: 500 });
    await trial.send();
    expect(trial.answer).toMatchObject({ status: 500, text: 'boom' });
    expect(trial.error).toBe(null);
  });

  it('says what our own server refuses with its hint, and shows no answer', async () => {
    answers = async () =>
      new Response('{"code": "EndpointNotFound", "message": "No.", "hint": "Look."}', { status: 404 });
    await trial.send();
    expect(trial.error).toMatchObject({ message: 'No.', hint: 'Look.' });
    expect(trial.answer).toBe(null);
  });

  it('is given up without a word', async () => {
    answers = () => new Promise((_, reject) => setTimeout(() => reject(new Error('aborted')), 5));
    const sent = trial.send();
    trial.cancel();
    await sent;
    await vi.waitFor(() => expect(trial.isBusy).toBe(false));
    expect(trial.error).toBe(null);
  });
});
