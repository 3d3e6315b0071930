import { describe, expect, it } from 'vitest';
import { endpointNameFor, endpointPath, isDeploymentName, isEndpointName } from './names';

describe('names of endpoints', () => {
  it('are those that Azure takes', () => {
    expect(['churn', 'a-1', 'A'.repeat(32)].every(isEndpointName)).toBe(true);
    expect(['ab', '1ab', 'ab-', 'a_b', 'a'.repeat(33), 'é-é', ''].some(isEndpointName)).toBe(false);
    expect(['b', 'blue', 'b-2'].every(isDeploymentName)).toBe(true);
    expect(['', '-', '2b', 'b-'].some(isDeploymentName)).toBe(false);
  });

  it.each([
    'churn',
    'Église 2024',
    '42',
    '<script>',
    '模型',
    'a',
    '-',
    'm'.repeat(300),
    'x'.repeat(31) + '-y'
  ])('is made for the model %s', model => expect(isEndpointName(endpointNameFor(model))).toBe(true));

  it('are one part of an address, whatever they contain', () => {
    expect(endpointPath('a/../b', 'deployments', '?x')).toBe('endpoints/a%2F..%2Fb/deployments/%3Fx');
  });
});
